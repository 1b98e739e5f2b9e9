// A simulated day: 200 deposits from a seed with lost, late and doubled messages and restarts. All
// laws hold, both ledgers agree, and the same seed tells the same story twice.
#include <gtest/gtest.h>

#include <set>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

struct Told {
    std::vector<std::string> trace;
    std::vector<std::string> postbacks;
    std::map<std::string, int> states;
    std::string broken;
    std::string differ;
    std::size_t paid_at_rail = 0;
};

// Ordinary numbers mostly; every eighth takes a scenario of the simulator's.
std::string phone_for(int i, SeededRandom& random) {
    const auto number = 712'000'000 + i * 1000;
    if (i % 8 != 0)
        return "254" + std::to_string(number + 500 + static_cast<int>(random.below(400)));
    const auto all = simulator::scenarios();
    const auto& scenario = all[1 + random.below(all.size() - 1)];
    return "254" + std::to_string(number).substr(0, 6) + std::string{scenario.phone_ending};
}

Told live_a_day(std::uint64_t seed) {
    World world{
        {.seed = seed,
         .to_rail = {.request_lost_percent = 3, .reply_lost_percent = 4},
         .to_gateway = {.request_lost_percent = 10, .doubled_percent = 15, .late_percent = 10},
         .to_merchant = {.request_lost_percent = 10, .reply_lost_percent = 10}}};
    SeededRandom choices{seed + 17};
    std::vector<std::string> orders;
    for (int i = 0; i < 200; ++i) {
        const auto order = world.create(10 + static_cast<std::int64_t>(choices.below(5000)),
                                        phone_for(i, choices), "order-" + std::to_string(i));
        // The breaker may be open after lost replies: the merchant comes again.
        if (order.empty()) {
            EXPECT_EQ(world.last_answer.status, 503) << world.last_answer.body;
            world.let_time_pass(5s);
            --i;
            continue;
        }
        orders.push_back(order);
        world.let_time_pass(std::chrono::milliseconds{choices.below(4000)});
        if (i == 66 || i == 133) world.restart_gateway();
    }
    world.let_time_pass(50h);
    Told told;
    for (const auto& order : orders) ++told.states[world.state_of(order)];
    told.broken = world.broken_laws();
    told.differ = world.ledgers_differ();
    told.trace = world.network().trace();
    told.postbacks = world.postbacks();
    told.paid_at_rail = world.rail().ledger().payments().size();
    return told;
}

class Day : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Day, KeepsEveryLawAndAgreesWithTheRail) {
    const auto told = live_a_day(GetParam());
    EXPECT_EQ(told.broken, "");
    EXPECT_EQ(told.differ, "");
    EXPECT_GT(told.paid_at_rail, 100U);
    std::set<std::string> receipts_told;
    for (const auto& body : told.postbacks) {
        const auto parsed = json::parse(body);
        ASSERT_TRUE(parsed);
        receipts_told.insert(
            (*parsed->find("additional_data")->array())[0].text_at("transaction_id"));
    }
    const auto paid = told.states.contains("paid") ? told.states.at("paid") : 0;
    EXPECT_EQ(receipts_told.size(), static_cast<std::size_t>(paid));
    // Nothing is left hanging when the faults are over.
    for (const auto* open : {"created", "pushing", "prompted", "unknown", "verifying"}) {
        EXPECT_FALSE(told.states.contains(open)) << open << ": " << told.states.at(open);
    }
}
INSTANTIATE_TEST_SUITE_P(Seeds, Day, testing::Values(1, 2, 3, 4, 5));

TEST(Day, TellsTheSameStoryTwiceFromOneSeed) {
    const auto first = live_a_day(42);
    const auto second = live_a_day(42);
    EXPECT_EQ(first.trace, second.trace);
    EXPECT_EQ(first.postbacks, second.postbacks);
    EXPECT_EQ(first.states, second.states);
}

}  // namespace
}  // namespace lango::simulation

// Withdrawals under a storm: requests and replies lost, late and doubled, results that contradict
// one another, a gateway and a rail that die. Nothing is paid twice and nothing is held for ever.
//
// LANGO_STORM_WITHDRAWALS sets how many in all seeds together: ./test runs the default; 20000
// of them take the time that ARCHITECTURE.md tells.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "base/json.hpp"
#include "simulator/payout_scenario.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;

constexpr int seeds = 10;

int withdrawals_per_seed() {
    const char* const all = std::getenv("LANGO_STORM_WITHDRAWALS");
    return std::max(1, (all == nullptr ? 600 : std::atoi(all)) / seeds);
}

// Mostly ordinary recipients; every third takes a scenario of the simulator's.
std::string recipient(int i, SeededRandom& random) {
    const auto prefix = "254" + std::to_string(712'000 + i);
    if (i % 3 != 0) return prefix + std::to_string(500 + random.below(400));
    const auto all = simulator::payout_scenarios();
    for (;;) {
        const auto& scenario = all[1 + random.below(all.size() - 1)];
        // What the rail refuses for ever stays queued for ever: there is nothing to find out.
        if (scenario.reply == simulator::Reply::apigee_429 ||
            scenario.reply == simulator::Reply::token) {
            continue;
        }
        return prefix + std::string{scenario.phone_ending};
    }
}

// The operator: whatever halted payouts has been mended.
void resume(World& world) {
    static_cast<void>(world.admin(http::Method::post, "/admin/payouts/resume"));
}

class PayoutStorm : public testing::TestWithParam<std::uint64_t> {};

TEST_P(PayoutStorm, PaysNothingTwiceAndHoldsNothingForEver) {
    World world{{.seed = GetParam(), .payouts = true}};
    const int count = withdrawals_per_seed();
    world.fund(std::int64_t{count} * 60);
    world.disturb({.request_lost_percent = 5, .reply_lost_percent = 6, .doubled_percent = 5},
                  {.request_lost_percent = 15, .doubled_percent = 20, .late_percent = 15},
                  {.request_lost_percent = 10, .reply_lost_percent = 10});
    SeededRandom choices{GetParam() + 17};
    std::vector<WithdrawalId> all;
    for (int i = 0; i < count; ++i) {
        const auto made = world.withdraw(10 + static_cast<std::int64_t>(choices.below(50)),
                                         recipient(i, choices), "w-" + std::to_string(i));
        ASSERT_TRUE(made);
        all.push_back(*made);
        world.let_time_pass(std::chrono::milliseconds{choices.below(4000)});
        if (i % 20 == 19) resume(world);
        if (i == count / 4 || i == 3 * count / 4) world.restart_gateway();
        if (i == count / 2 || i == 3 * count / 4) world.restart_rail();
    }
    for (int i = 0; i < 10; ++i) {
        world.let_time_pass(2min);
        resume(world);
    }
    // The storm is over.
    world.disturb({}, {}, {});
    for (int i = 0; i < 24; ++i) {
        world.let_time_pass(i < 12 ? Duration{5min} : Duration{1h});
        resume(world);
    }

    std::map<std::int64_t, int> paid;  // by the rail, per withdrawal
    for (const auto& payout : world.rail().ledger().payouts()) {
        const auto id = rails::daraja::withdrawal_of(payout.originator_conversation_id);
        ASSERT_TRUE(id);
        EXPECT_EQ(++paid[id->value()], 1) << "paid twice: " << payout.originator_conversation_id;
    }
    int by_person = 0;
    for (const auto id : all) {
        const auto row = world.withdrawal(id);
        if (!withdrawals::is_closed(row.state)) {
            // Only what never reached the rail is left for a person, who finds nothing there.
            EXPECT_TRUE(row.has(withdrawals::Flag::attention))
                << withdrawals::name(row.state) << ' ' << row.phone.raw();
            EXPECT_FALSE(paid.contains(id.value())) << row.phone.raw();
            EXPECT_EQ(world.person_says_not_paid(id), withdrawals::Settled::failed);
            ++by_person;
        }
        EXPECT_EQ(world.withdrawal(id).state == withdrawals::State::paid, paid.contains(id.value()))
            << row.phone.raw();
    }
    RecordProperty("settled_by_a_person", by_person);
    EXPECT_LE(by_person, count / 4);
    world.let_time_pass(10min);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM holds WHERE state = 1"), 0);
    EXPECT_EQ(world.broken_laws(), "");
    EXPECT_EQ(world.ledgers_differ(), "");
    EXPECT_TRUE(world.rail().ledger().balanced());
    EXPECT_GT(paid.size(), all.size() / 2);

    std::map<std::string, std::string> told;  // status by own id
    for (const auto& body : world.postbacks()) {
        const auto parsed = json::parse(body);
        const auto& data = (*parsed->find("additional_data")->array())[0];
        const auto own = data.text_at("withdrawal_id");
        if (own.empty()) continue;
        const auto status = data.text_at("withdrawal_status");
        EXPECT_EQ(told.emplace(own, status).first->second, status) << "told both: " << own;
    }
    EXPECT_EQ(told.size(), all.size());
}

INSTANTIATE_TEST_SUITE_P(Seeds, PayoutStorm, testing::Range<std::uint64_t>(1, seeds + 1));

}  // namespace
}  // namespace lango::simulation

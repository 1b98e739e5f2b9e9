// Withdrawals under a storm: requests and replies lost, late and doubled, refused for their number,
// results that contradict one another, payouts that failed and are paid anyway, a gateway and a
// rail that die. Nothing is paid twice and nothing is held for ever.
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
// A result says that it failed, and the rail pays it anyway, or has: the one that says so may be
// lost.
bool may_fail_and_be_paid(std::string_view phone) {
    return phone.ends_with("158") || phone.ends_with("155");
}

int withdrawals_per_seed() {
    const char* const all = std::getenv("LANGO_STORM_WITHDRAWALS");
    return std::max(1, (all == nullptr ? 6000 : std::atoi(all)) / seeds);
}

// Mostly ordinary recipients; every third takes a scenario of the simulator's.
std::string recipient(int i, SeededRandom& random) {
    const auto prefix = "254" + std::to_string(712'000 + i);
    if (i % 3 != 0) return prefix + std::to_string(500 + random.below(400));
    const auto all = simulator::payout_scenarios();
    for (;;) {
        const auto& scenario = all[1 + random.below(all.size() - 1)];
        // A rail that refuses every token pays nobody: there is nothing to find out.
        if (scenario.reply == simulator::Reply::token) continue;
        return prefix + std::string{scenario.phone_ending};
    }
}

// The operator: whatever halted payouts has been mended.
void resume(World& world) { static_cast<void>(world.resume_payouts()); }

bool is_halted(World& world) {
    return world.number("SELECT COUNT(*) FROM payout_halts WHERE ended_at IS NULL") > 0;
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
    // Each halt is one payout's; whoever lifts it lets one more try.
    for (int i = 0; i < count && is_halted(world); ++i) {
        resume(world);
        world.let_time_pass(30s);
    }
    for (int i = 0; i < 38; ++i) {
        world.let_time_pass(i < 12 ? Duration{5min} : Duration{1h});
        resume(world);
    }

    std::map<std::string, int> paid;  // by the rail, per payout
    for (const auto& payout : world.rail().ledger().payouts()) {
        EXPECT_EQ(++paid[payout.originator_conversation_id], 1)
            << "paid twice: " << payout.originator_conversation_id;
    }
    int by_person = 0;
    std::int64_t paid_anyway = 0;
    for (const auto id : all) {
        const auto row = world.withdrawal(id);
        if (row.state == withdrawals::State::queued && row.sends == 0) {
            // The rail answers 429 for ever: a person calls it back.
            EXPECT_EQ(row.phone.raw().substr(9), "167");
            EXPECT_EQ(world.person_rejects(id), withdrawals::Decided::rejected);
        } else if (!withdrawals::is_closed(row.state)) {
            // Only what never reached the rail is left for a person, who finds nothing there.
            EXPECT_TRUE(row.has(withdrawals::Flag::attention))
                << withdrawals::name(row.state) << ' ' << row.phone.raw();
            EXPECT_FALSE(paid.contains(world.withdrawal(id).payout_id)) << row.phone.raw();
            EXPECT_EQ(world.person_says_not_paid(id), withdrawals::Settled::failed);
            ++by_person;
        }
        if (may_fail_and_be_paid(row.phone.raw()) && row.state == withdrawals::State::failed &&
            paid.contains(world.withdrawal(id).payout_id)) {
            EXPECT_TRUE(row.has(withdrawals::Flag::attention)) << "money left after a failure";
            ++paid_anyway;
            continue;
        }
        EXPECT_EQ(world.withdrawal(id).state == withdrawals::State::paid,
                  paid.contains(world.withdrawal(id).payout_id))
            << row.phone.raw();
    }
    RecordProperty("settled_by_a_person", by_person);
    EXPECT_EQ(world.number("SELECT COUNT(*) FROM ledger_transactions WHERE outcome = 4"),
              paid_anyway);
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

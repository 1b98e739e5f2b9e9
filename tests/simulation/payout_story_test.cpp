// Each way a payout can go at the rail (daraja.md 5.4, 7.2), through gateway, connector, simulator
// and postback: where it ends, whether payouts are halted, how often money moved.
#include <gtest/gtest.h>

#include "base/json.hpp"
#include "tests/simulation/world.hpp"

namespace lango::simulation {
namespace {

using namespace std::chrono_literals;
using withdrawals::State;

class PayoutStory : public testing::Test {
  protected:
    static World& world() {
        static World shared{{.payouts = true}};
        return shared;
    }
    static void SetUpTestSuite() { world().fund(250'000); }
    void TearDown() override {
        resume();
        EXPECT_EQ(world().broken_laws(), "");
        EXPECT_EQ(world().ledgers_differ(), "");
    }
    WithdrawalId withdraw(const std::string& ending, std::int64_t shillings = 1000) {
        static int number = 100'000;
        const auto n = std::to_string(++number);
        return *world().withdraw(shillings, "254" + n + ending, "story-" + n);
    }
    static State state_of(WithdrawalId id) { return world().withdrawal(id).state; }
    static bool halted() {
        return world().number(
                   "SELECT COUNT(*) FROM payout_halts WHERE ended_at IS NULL AND "
                   "lifted_at IS NULL") > 0;
    }
    static bool resume() {
        const auto answer = world().resume_payouts();
        return answer.find("\"ok\"") != std::string::npos;
    }
    static std::size_t paid(WithdrawalId id) {
        std::size_t times = 0;
        for (const auto& payout : world().rail().ledger().payouts()) {
            if (payout.originator_conversation_id == world().withdrawal(id).payout_id) ++times;
        }
        return times;
    }
    static std::int64_t sends(WithdrawalId id) { return world().withdrawal(id).sends; }
};

struct Row {
    const char* name;
    const char* ending;
    State ends;
    bool halts = false;
    Duration within = std::chrono::seconds{5};
};
class PayoutCodeStory : public PayoutStory, public testing::WithParamInterface<Row> {
  public:
    static void SetUpTestSuite() {}
};

TEST_P(PayoutCodeStory, EndsAsTheTableSays) {
    world().fund(2000);
    const auto id = withdraw(GetParam().ending);
    world().let_time_pass(GetParam().within);
    EXPECT_EQ(state_of(id), GetParam().ends) << withdrawals::name(state_of(id));
    EXPECT_EQ(halted(), GetParam().halts);
    EXPECT_EQ(paid(id), GetParam().ends == State::paid ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PayoutCodeStory,
    testing::Values(Row{"Code0", "777", State::paid},
                    Row{"Code1HaltsForTheFloat", "101", State::failed, true},
                    Row{"Code2", "102", State::failed}, Row{"Code3", "103", State::failed},
                    Row{"Code4", "104", State::failed}, Row{"Code8", "108", State::failed},
                    Row{"Code11Halts", "111", State::failed, true},
                    Row{"Code2006Halts", "130", State::failed, true},
                    Row{"Code21Halts", "121", State::failed, true},
                    Row{"Code2001HaltsBeforeTheLockout", "120", State::failed, true},
                    Row{"Code2028Halts", "128", State::failed, true},
                    Row{"Code2040", "124", State::failed},
                    Row{"Code8006Halts", "186", State::failed, true},
                    Row{"CodeSfcIc0003", "140", State::failed},
                    Row{"CodeTp40153Halts", "141", State::failed, true},
                    // Ambiguous in the result: the status query settles them.
                    Row{"Code15", "115", State::failed, false, 5min},
                    Row{"Code17", "117", State::failed, false, 5min},
                    Row{"Code26", "126", State::failed, false, 5min},
                    Row{"Code100000001", "110", State::failed, false, 5min},
                    Row{"Code100000000ThenPaid", "156", State::paid, false, 5min},
                    Row{"CodeThatNobodyKnows", "142", State::failed, false, 5min},
                    Row{"Code17ThoughPaid", "157", State::paid, false, 5min},
                    // Replies and results that are lost, late, early, doubled.
                    Row{"ReplyLost", "160", State::paid, false, 5min},
                    Row{"ReplyAndResultLost", "162", State::paid, false, 5min},
                    Row{"ReplyLostAndNeverArrived", "173", State::paid, false, 10min},
                    Row{"Empty500ThoughPaid", "172", State::paid, false, 5min},
                    Row{"ResultLost", "150", State::paid, false, 5min},
                    Row{"FailureLost", "151", State::failed, false, 5min},
                    Row{"ResultTwice", "152", State::paid}, Row{"ResultEarly", "154", State::paid},
                    Row{"ResultLate", "153", State::paid, false, 5min},
                    Row{"FailureAfterSuccess", "155", State::paid, false, 10s},
                    Row{"WrongAmount", "159", State::paid, false, 5min},
                    Row{"ForeignOriginatorId", "177", State::paid},
                    Row{"RateLimitedOnce", "178", State::paid, false, 1min},
                    // The queue's timeout is no failure (daraja.md 7.2, 12).
                    Row{"QueueTimeoutAndNeverPaid", "174", State::failed, false, 5min},
                    Row{"QueueTimeoutThenPaid", "175", State::paid, false, 5min},
                    Row{"QueueTimeoutThenPaidSilently", "176", State::paid, false, 5min}),
    [](const auto& info) { return info.param.name; });

// Nobody can take it back from the recipient; the books say where it is, and a person is called.
TEST_F(PayoutStory, FailedAndPaidAnywayIsBookedAndFlagged) {
    const auto id = withdraw("158");
    world().let_time_pass(5s);
    EXPECT_EQ(state_of(id), State::failed);
    world().let_time_pass(1min);
    EXPECT_EQ(state_of(id), State::failed);
    EXPECT_EQ(paid(id), 1U);
    EXPECT_TRUE(world().withdrawal(id).has(withdrawals::Flag::attention));
    EXPECT_EQ(world().number("SELECT COUNT(*) FROM ledger_transactions WHERE outcome = 4"), 1);
}

// A halt that a person lifts lets one through, and the others when that one is paid.
TEST_F(PayoutStory, AfterAHaltTheSmallestTriesFirst) {
    const auto first = withdraw("120");
    world().let_time_pass(5s);
    ASSERT_TRUE(halted());
    const auto large = withdraw("777", 3000);
    const auto small = withdraw("153", 500);  // its result comes three minutes late
    const auto middle = withdraw("777", 2000);
    world().let_time_pass(5s);
    for (const auto* seen : {"", "0000000000000000"}) {
        EXPECT_NE(world()
                      .admin(http::Method::post, "/admin/payouts/resume",
                             R"({"seen":")" + std::string{seen} + R"("})")
                      .find("It is not the halt that you saw"),
                  std::string::npos);
    }
    ASSERT_TRUE(halted());
    EXPECT_TRUE(resume());
    world().let_time_pass(30s);
    EXPECT_EQ(state_of(small), State::sent);
    EXPECT_EQ(state_of(large), State::queued);
    EXPECT_EQ(state_of(middle), State::queued);
    const auto shown = world().admin(http::Method::get, "/admin/payouts");
    EXPECT_NE(shown.find(R"("probe":")" + hex16(small.value())), std::string::npos) << shown;
    world().let_time_pass(4min);
    for (const auto id : {small, large, middle}) EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(state_of(first), State::failed);
}

TEST(PayoutAlarm, SaysThatTheUtilityAccountRunsLow) {
    World low{{.payouts = true, .float_alarm = Money::kes(100'000'001)}};
    low.let_time_pass(1min);
    ASSERT_TRUE(low.gateway().payouts_trouble());
    EXPECT_EQ(*low.gateway().payouts_trouble(), "the Utility account runs low");
    World enough{{.payouts = true, .float_alarm = Money::kes(100'000'000)}};
    enough.let_time_pass(1min);
    EXPECT_FALSE(enough.gateway().payouts_trouble());
}

// daraja.md 7.2, 1: accepted is not paid.
TEST_F(PayoutStory, IsNotPaidBecauseItWasAccepted) {
    const auto before = world().postbacks().size();
    const auto id = withdraw("153");
    world().let_time_pass(30s);
    EXPECT_EQ(state_of(id), State::sent);
    EXPECT_EQ(world().postbacks().size(), before);
    world().let_time_pass(5min);
    EXPECT_EQ(state_of(id), State::paid);
}

// daraja.md 7.2, 11: the same id, or none at all.
TEST_F(PayoutStory, GoesAgainUnderItsOwnIdOnly) {
    const auto id = withdraw("173");
    world().let_time_pass(15min);
    EXPECT_EQ(state_of(id), State::paid);
    EXPECT_EQ(sends(id), 2);
    EXPECT_EQ(paid(id), 1U);
}

TEST_F(PayoutStory, ThatNeverArrivesIsLeftToAPersonWithItsMoneyHeld) {
    const auto id = withdraw("161");
    world().let_time_pass(2h);
    EXPECT_EQ(state_of(id), State::unknown);
    EXPECT_TRUE(world().withdrawal(id).has(withdrawals::Flag::attention));
    EXPECT_EQ(world().number("SELECT COUNT(*) FROM holds WHERE state = 1"), 1);
    EXPECT_EQ(world().person_says_not_paid(id), withdrawals::Settled::failed);
    EXPECT_EQ(world().number("SELECT COUNT(*) FROM holds WHERE state = 1"), 0);
}

// daraja.md 7.2, 14: a third wrong password locks the credential.
TEST_F(PayoutStory, AfterAWrongPasswordNothingMoreUsesIt) {
    const auto first = withdraw("120");
    world().let_time_pass(5s);
    ASSERT_TRUE(halted());
    const auto calls = world().network().trace().size();
    const auto second = withdraw("777");
    world().let_time_pass(3h);
    EXPECT_EQ(state_of(second), State::queued);
    for (auto i = calls; i < world().network().trace().size(); ++i) {
        EXPECT_EQ(world().network().trace()[i].find("rail:80/mpesa/"), std::string::npos)
            << world().network().trace()[i];
    }
    EXPECT_TRUE(resume());
    world().let_time_pass(2min);
    EXPECT_EQ(state_of(second), State::paid);
    EXPECT_EQ(state_of(first), State::failed);
}

// daraja.md 7.2, 13: Working is full and Utility is not.
TEST_F(PayoutStory, TheFloatIsTheUtilityAccounts) {
    world().let_time_pass(6min);
    const auto shown = json::parse(world().admin(http::Method::get, "/admin/payouts"));
    ASSERT_TRUE(shown);
    const auto* held = shown->find("float");
    ASSERT_TRUE(held != nullptr && !held->is_null());
    const auto& accounts = world().rail().ledger().organisation(600996);
    EXPECT_EQ(held->text_at("utility_minor"), std::to_string(accounts.utility_minor));
    EXPECT_EQ(held->text_at("working_minor"), std::to_string(accounts.working_minor));
}

}  // namespace
}  // namespace lango::simulation

#include "deposits/plan.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lango::deposits {
namespace {

using namespace std::chrono_literals;
using Ask = CheckPlan::Ask;

const Instant pushed = Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + 9h};
constexpr std::int64_t paybill = 600123;

struct Case {
    const char* what;
    State state = State::prompted;
    Duration age = 75s;
    int tries = 0;
    bool has_id = true;
    std::string receipt{};
    std::int64_t flags = 0;
    std::int64_t shortcode = paybill;
    bool query = true;
    bool pull = true;
    // wanted
    Ask ask = Ask::query;
    std::optional<Duration> pause = 15s;
    bool expires = false;
    bool needs_person = false;
};

Deposit row(const Case& given) {
    return {.id = DepositId{1},
            .merchant = MerchantId{1},
            .custom_transaction_id = "a",
            .label = "u",
            .phone = *Msisdn::parse("254712345678"),
            .amount = Money::kes(1000),
            .state = given.state,
            .events = 3,
            .tries = given.tries,
            .due_at = pushed + given.age,
            .pushed_at = pushed,
            .checkout_request_id = given.has_id ? "ws_CO_1" : "",
            .merchant_request_id = {},
            .receipt = given.receipt,
            .result_code = {},
            .flags = given.flags,
            .created_at = pushed,
            .closed_at = {},
            .attempt = 1,
            .shortcode = given.shortcode,
            .fee = {}};
}

CheckPlan planned(const Case& given) {
    return plan(row(given), {.query = given.query, .pull = given.pull, .shortcode = paybill},
                Timing{}, pushed + given.age);
}

TEST(Plan, SaysWhomToAskAndWhenNext) {
    using enum State;
    const std::vector<Case> cases{
        {.what = "a prompt without news"},
        {.what = "once more", .tries = 1, .pause = 30s},
        {.what = "its push was never recorded",
         .state = pushing,
         .has_id = false,
         .ask = Ask::list},
        {.what = "the reply was lost", .state = unknown, .has_id = false, .ask = Ask::list},
        {.what = "and there is no list",
         .state = unknown,
         .has_id = false,
         .pull = false,
         .ask = Ask::nobody},
        {.what = "a rail without queries", .query = false, .ask = Ask::list},
        {.what = "too old for us", .age = 10min, .tries = 5, .pause = 10min, .expires = true},
        {.what = "expired before", .state = expired, .age = 3h, .tries = 8, .pause = 2h},
        {.what = "the last question",
         .state = expired,
         .age = 47h,
         .tries = 30,
         .pause = std::nullopt,
         .needs_person = true},
        {.what = "a claim without receipt", .state = verifying, .ask = Ask::list},
        {.what = "a claim whose receipt is none",
         .state = verifying,
         .receipt = "ukt0000000",
         .ask = Ask::list},
        {.what = "a claim to be confirmed", .state = verifying, .receipt = "UKN1234567"},
        {.what = "a claim never expires",
         .state = verifying,
         .age = 10min,
         .receipt = "UKN1234567"},
        {.what = "a claim that seven questions have not proved",
         .state = verifying,
         .age = 20min,
         .tries = claim_questions - 1,
         .receipt = "UKN1234567",
         .pause = 30min,
         .needs_person = true},
        {.what = "a person is called once",
         .state = verifying,
         .age = 20min,
         .tries = claim_questions - 1,
         .receipt = "UKN1234567",
         .flags = Flag::attention,
         .pause = 30min},
        {.what = "a claim that nobody can be asked about",
         .state = verifying,
         .pull = false,
         .ask = Ask::nobody,
         .needs_person = true},
        {.what = "a failure that may turn", .state = failed, .ask = Ask::list, .pause = 5min},
        {.what = "asked about four times",
         .state = failed,
         .tries = 3,
         .ask = Ask::list,
         .pause = std::nullopt},
        {.what = "of another shortcode", .shortcode = 600999, .ask = Ask::nobody},
        {.what = "a claim of another shortcode",
         .state = verifying,
         .receipt = "UKN1234567",
         .shortcode = 600999,
         .ask = Ask::nobody,
         .needs_person = true},
        {.what = "of before shortcodes were kept", .shortcode = 0},
    };
    for (const auto& given : cases) {
        const auto is = planned(given);
        EXPECT_EQ(is.ask, given.ask) << given.what;
        EXPECT_EQ(is.asked, given.tries + 1) << given.what;
        EXPECT_EQ(is.expires, given.expires) << given.what;
        EXPECT_EQ(is.needs_person, given.needs_person) << given.what;
        EXPECT_EQ(is.push_is_lost, given.state == pushing) << given.what;
        EXPECT_EQ(is.next_at.has_value(), given.pause.has_value()) << given.what;
        if (is.next_at && given.pause) {
            EXPECT_EQ(*is.next_at, pushed + given.age + *given.pause) << given.what;
        }
    }
}

TEST(Plan, OfAFailureAsksFourTimesWithinAnHour) {
    std::vector<Duration> pauses;
    for (int asked = 0;; ++asked) {
        const auto next = next_question(Stage::failed, asked, pushed, Timing{}, pushed);
        if (!next) break;
        pauses.push_back(*next - pushed);
    }
    EXPECT_EQ(pauses, (std::vector<Duration>{2min, 5min, 10min, 30min}));
}

TEST(Plan, HasNoPauseThatIsLongerThanTheLongest) {
    for (const Duration query_after : {Duration{1s}, Duration{75s}, Duration{24h}}) {
        Timing timing;
        timing.query_after = query_after;
        const auto longest = longest_pause(timing);
        EXPECT_GE(longest, query_after);
        for (int asked = 0; asked < 40; ++asked) {
            for (const auto stage : {Stage::open, Stage::claimed, Stage::failed}) {
                const auto next = next_question(stage, asked, pushed, timing, pushed);
                if (next) EXPECT_LE(*next - pushed, longest);
            }
        }
    }
}

}  // namespace
}  // namespace lango::deposits

#include "simulator/reversal_scenario.hpp"

#include <algorithm>
#include <array>

namespace lango::simulator {

namespace {

using namespace std::chrono_literals;

constexpr PayoutScenario fails(std::string_view name, std::string_view ending,
                               std::string_view code) {
    return {.name = name, .phone_ending = ending, .code = code};
}
constexpr PayoutScenario replies(std::string_view name, std::string_view ending, Reply reply,
                                 std::string_view what) {
    return {.name = name, .phone_ending = ending, .reply = reply, .what = what};
}

constexpr auto list = std::to_array<PayoutScenario>({
    {.name = "reversal_done",
     .phone_ending = "",
     .what = "the payer has his money back; any other phone"},
    fails("reversal_account_short", "201", "1"),
    fails("reversal_party_not_active", "211", "11"),
    fails("reversal_internal_failure", "217", "17"),
    fails("reversal_bad_credential", "220", "2001"),
    fails("reversal_no_role", "221", "21"),
    fails("reversal_busy", "226", "26"),
    fails("reversal_not_permitted", "228", "2028"),
    fails("reversal_account_not_active", "230", "2006"),
    {.name = "reversal_done_before",
     .phone_ending = "231",
     .code = reversed_before,
     .what = "somebody else has reversed it just before: R000001"},
    fails("reversal_unknown_payment", "232", "R000002"),
    {.name = "reversal_unknown_code",
     .phone_ending = "242",
     .code = "R000099",
     .what = "a ResultCode that is documented nowhere"},
    fails("reversal_credential_locked", "286", "8006"),
    {.name = "reversal_result_lost",
     .phone_ending = "250",
     .results = 0,
     .what = "done, no result; the status tells"},
    {.name = "reversal_failed_result_lost",
     .phone_ending = "251",
     .code = "21",
     .results = 0,
     .what = "not done, no result; the status tells"},
    {.name = "reversal_result_twice",
     .phone_ending = "252",
     .results = 2,
     .what = "done, the result comes twice"},
    {.name = "reversal_result_late",
     .phone_ending = "253",
     .late = true,
     .what = "done, the result comes late_by_ms after (three minutes)"},
    {.name = "reversal_result_early",
     .phone_ending = "254",
     .early = true,
     .what = "done, the result comes before the reply"},
    {.name = "reversal_failure_after_success",
     .phone_ending = "255",
     .later_code = "1",
     .what = "done; a second later another result says 1"},
    {.name = "reversal_failure_told_though_done",
     .phone_ending = "257",
     .told_code = "17",
     .what = "done; the only result says 17 and the status tells"},
    {.name = "reversal_wrong_amount",
     .phone_ending = "259",
     .wrong_amount = true,
     .what = "done; the result names one shilling more"},
    replies("reversal_reply_lost", "260", Reply::lost, "accepted and done; the reply never comes"),
    replies("reversal_reply_dropped", "261", Reply::dropped, "not accepted; the reply never comes"),
    {.name = "reversal_reply_lost_no_result",
     .phone_ending = "262",
     .reply = Reply::lost,
     .results = 0,
     .what = "accepted and done; neither reply nor result"},
    replies("reversal_html_200", "263", Reply::html_200, "not accepted; 200 with an HTML page"),
    replies("reversal_empty_500", "265", Reply::empty_500, "not accepted; 500 with an empty body"),
    replies("reversal_rate_limited", "267", Reply::apigee_429, "429 with Apigee's fault"),
    replies("reversal_system_busy", "268", Reply::busy_500, "500.003.02 System is busy"),
    replies("reversal_empty_500_done", "272", Reply::empty_500_accepted,
            "500 with an empty body, though accepted and done"),
    {.name = "reversal_dropped_once",
     .phone_ending = "273",
     .dropped_once = true,
     .what = "no reply, not accepted; asked for again, it is done"},
    {.name = "reversal_queue_timeout",
     .phone_ending = "274",
     .queue_times_out = true,
     .expires = true,
     .what = "QueueTimeOutURL is called; never done, no result"},
    {.name = "reversal_queue_timeout_done",
     .phone_ending = "275",
     .queue_times_out = true,
     .waits = 20s,
     .what = "QueueTimeOutURL is called; 20 s later done, with a result"},
});

}  // namespace

std::span<const PayoutScenario> reversal_scenarios() { return list; }

const PayoutScenario* reversal_scenario_named(std::string_view name) {
    const auto* const found = std::ranges::find(list, name, &PayoutScenario::name);
    return found == list.end() ? nullptr : found;
}

const PayoutScenario& reversal_scenario_for_phone(std::string_view phone) {
    const auto ending = phone.substr(phone.size() < 3 ? 0 : phone.size() - 3);
    if (ending.empty() || ending.front() != '2') return list.front();
    const auto* const found = std::ranges::find(list, ending, &PayoutScenario::phone_ending);
    return found == list.end() ? list.front() : *found;
}

}  // namespace lango::simulator

#include "simulator/payout_scenario.hpp"

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
    {.name = "payout_received",
     .phone_ending = "",
     .what = "the recipient has the money; any other phone"},
    fails("payout_utility_short", "101", "1"),
    fails("payout_below_minimum", "102", "2"),
    fails("payout_above_maximum", "103", "3"),
    fails("payout_daily_limit", "104", "4"),
    fails("payout_wallet_full", "108", "8"),
    fails("payout_throttled", "110", "100000001"),
    fails("payout_party_not_active", "111", "11"),
    fails("payout_said_duplicate", "115", "15"),
    fails("payout_internal_failure", "117", "17"),
    fails("payout_bad_credential", "120", "2001"),
    fails("payout_no_role", "121", "21"),
    fails("payout_not_registered", "124", "2040"),
    fails("payout_busy", "126", "26"),
    fails("payout_not_permitted", "128", "2028"),
    fails("payout_account_not_active", "130", "2006"),
    fails("payout_no_such_number", "140", "SFC_IC0003"),
    fails("payout_no_api_permission", "141", "TP40153"),
    {.name = "payout_unknown_code",
     .phone_ending = "142",
     .code = "TP99999",
     .what = "a ResultCode that is documented nowhere"},
    fails("payout_credential_locked", "186", "8006"),
    {.name = "payout_result_lost",
     .phone_ending = "150",
     .results = 0,
     .what = "paid, no result; the status tells"},
    {.name = "payout_failed_result_lost",
     .phone_ending = "151",
     .code = "2040",
     .results = 0,
     .what = "not paid, no result; the status tells"},
    {.name = "payout_result_twice",
     .phone_ending = "152",
     .results = 2,
     .what = "paid, the result comes twice"},
    {.name = "payout_result_late",
     .phone_ending = "153",
     .late = true,
     .what = "paid, the result comes late_by_ms after (three minutes)"},
    {.name = "payout_result_early",
     .phone_ending = "154",
     .early = true,
     .what = "paid, the result comes before the reply"},
    {.name = "payout_failure_after_success",
     .phone_ending = "155",
     .later_code = "2040",
     .what = "paid; a second later another result says 2040"},
    {.name = "payout_cached_then_paid",
     .phone_ending = "156",
     .first_code = "100000000",
     .waits = 60s,
     .what = "a result says 100000000; a minute later the money moves and another says 0"},
    {.name = "payout_failure_told_though_paid",
     .phone_ending = "157",
     .told_code = "17",
     .what = "paid; the only result says 17 and the status tells"},
    {.name = "payout_failed_then_paid",
     .phone_ending = "158",
     .first_code = "2040",
     .waits = 20s,
     .what = "a result says 2040; 20 s later the money moves and another says 0"},
    {.name = "payout_wrong_amount",
     .phone_ending = "159",
     .wrong_amount = true,
     .what = "paid; the result names one shilling more"},
    replies("payout_reply_lost", "160", Reply::lost, "accepted and paid; the reply never comes"),
    replies("payout_reply_dropped", "161", Reply::dropped, "not accepted; the reply never comes"),
    {.name = "payout_reply_lost_no_result",
     .phone_ending = "162",
     .reply = Reply::lost,
     .results = 0,
     .what = "accepted and paid; neither reply nor result"},
    replies("payout_html_200", "163", Reply::html_200, "not accepted; 200 with an HTML page"),
    replies("payout_html_403", "164", Reply::html_403, "not accepted; 403 with an HTML page"),
    replies("payout_empty_500", "165", Reply::empty_500, "not accepted; 500 with an empty body"),
    replies("payout_soap_500", "166", Reply::soap_500, "not accepted; 500 with a SOAP fault"),
    replies("payout_rate_limited", "167", Reply::apigee_429, "429 with Apigee's fault"),
    replies("payout_system_busy", "168", Reply::busy_500, "500.003.02 System is busy"),
    replies("payout_quota", "169", Reply::quota_500, "500.003.03 Quota Violation"),
    replies("payout_token_refused", "170", Reply::token, "401.002.01 Invalid Access Token"),
    replies("payout_field_refused", "171", Reply::field_400, "400.002.02 Invalid PartyB"),
    replies("payout_empty_500_paid", "172", Reply::empty_500_accepted,
            "500 with an empty body, though accepted and paid"),
    {.name = "payout_dropped_once",
     .phone_ending = "173",
     .dropped_once = true,
     .what = "no reply, not accepted; the same OriginatorConversationID again is paid"},
    {.name = "payout_rate_limited_once",
     .phone_ending = "178",
     .limited_once = true,
     .what = "429 at first; the same OriginatorConversationID again is paid"},
    {.name = "payout_queue_timeout",
     .phone_ending = "174",
     .queue_times_out = true,
     .expires = true,
     .what = "QueueTimeOutURL is called; never paid, no result"},
    {.name = "payout_queue_timeout_paid",
     .phone_ending = "175",
     .queue_times_out = true,
     .waits = 20s,
     .what = "QueueTimeOutURL is called; 20 s later paid, with a result"},
    {.name = "payout_queue_timeout_paid_silently",
     .phone_ending = "176",
     .results = 0,
     .queue_times_out = true,
     .waits = 20s,
     .what = "QueueTimeOutURL is called; 20 s later paid, no result"},
    {.name = "payout_foreign_id",
     .phone_ending = "177",
     .foreign_id = true,
     .what = "paid; the result's OriginatorConversationID is Daraja's own"},
});

struct Text {
    std::string_view code;
    std::string_view text;
};
constexpr auto texts = std::to_array<Text>({
    {"0", "The service request is processed successfully."},
    {"1", "The balance is insufficient for the transaction."},
    {"2", "Declined due to limit rule: less than the minimum transaction amount."},
    {"3", "Declined due to limit rule: greater than the maximum transaction amount."},
    {"4", "Declined due to limit rule: would exceed daily transfer limit."},
    {"8", "Declined due to limit rule: would exceed the maximum balance."},
    {"11", "The DebitParty is in an invalid state."},
    {"15", "Duplicate detected."},
    {"17", "System internal error."},
    {"21", "The initiator is not allowed to initiate this request."},
    {"25", "Invalid parameters: no such transaction."},
    {"26", "Traffic blocking condition in place."},
    {"2001", "The initiator information is invalid."},
    {"2006", "Declined due to account rule: the account status does not allow this transaction."},
    {"2028", "The request is not permitted according to product assignment."},
    {"2040",
     "Credit Party customer type (Unregistered or Registered Customer) can't be supported "
     "by the service."},
    {"8006", "The security credential is locked."},
    {"SFC_IC0003", "The operator does not exist."},
    {"TP40153", "The operator does not have permission for this API."},
    {"R000001", "The transaction has already been reversed."},
    {"R000002", "The OriginalTransactionID is invalid."},
    {"100000000", "Request was cached, waiting for resending."},
    {"100000001", "The system is overload."},
});

}  // namespace

std::span<const PayoutScenario> payout_scenarios() { return list; }

const PayoutScenario* payout_scenario_named(std::string_view name) {
    const auto* const found = std::ranges::find(list, name, &PayoutScenario::name);
    return found == list.end() ? nullptr : found;
}

const PayoutScenario& payout_scenario_for_phone(std::string_view phone) {
    const auto ending = phone.substr(phone.size() < 3 ? 0 : phone.size() - 3);
    if (ending.empty() || ending.front() != '1') return list.front();
    const auto* const found = std::ranges::find(list, ending, &PayoutScenario::phone_ending);
    return found == list.end() ? list.front() : *found;
}

std::string_view payout_text(std::string_view code) {
    const auto* const found = std::ranges::find(texts, code, &Text::code);
    return found == texts.end() ? "An error occurred." : found->text;
}

}  // namespace lango::simulator

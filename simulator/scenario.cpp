#include "simulator/scenario.hpp"

#include <algorithm>
#include <array>

namespace lango::simulator {

namespace {

constexpr Scenario fails(std::string_view name, std::string_view ending, std::string_view code) {
    return {.name = name, .phone_ending = ending, .code = code};
}
constexpr Scenario replies(std::string_view name, std::string_view ending, Reply reply,
                           std::string_view what) {
    return {.name = name, .phone_ending = ending, .reply = reply, .what = what};
}

constexpr std::array<Scenario, 44> list{{
    {.name = "paid", .phone_ending = "", .what = "the payer enters the PIN; any other phone"},
    fails("insufficient_funds", "001", "1"),
    fails("below_minimum", "002", "2"),
    fails("above_maximum", "003", "3"),
    fails("daily_limit", "004", "4"),
    fails("merchant_account_full", "008", "8"),
    fails("same_amount_too_soon", "017", "17"),
    fails("busy", "026", "26"),
    fails("subscriber_locked", "031", "1001"),
    fails("expired", "019", "1019"),
    fails("prompt_not_sent", "025", "1025"),
    fails("cancelled", "032", "1032"),
    fails("sms_timeout", "036", "1036"),
    fails("unreachable", "037", "1037"),
    fails("wrong_pin", "021", "2001"),
    fails("not_permitted", "028", "2028"),
    fails("pin_locked", "086", "8006"),
    fails("push_error", "099", "9999"),
    fails("no_operator", "040", "SFC_IC0003"),
    fails("bad_debt", "041", "E3008"),
    {.name = "unknown_code",
     .phone_ending = "042",
     .code = "TP99999",
     .what = "a ResultCode that is documented nowhere"},
    {.name = "no_callback_paid",
     .phone_ending = "050",
     .callbacks = 0,
     .what = "paid, no callback; the query tells"},
    {.name = "no_callback_unpaid",
     .phone_ending = "051",
     .code = "1032",
     .callbacks = 0,
     .what = "cancelled, no callback; the query tells"},
    {.name = "duplicate_callbacks",
     .phone_ending = "052",
     .callbacks = 3,
     .what = "paid, the callback comes three times"},
    {.name = "late_callback",
     .phone_ending = "053",
     .late = true,
     .what = "paid, the callback comes late_by_ms after (three minutes)"},
    {.name = "early_callback",
     .phone_ending = "054",
     .early = true,
     .what = "paid, the callback comes before the reply to the push"},
    {.name = "failure_after_success",
     .phone_ending = "055",
     .later_code = "1032",
     .what = "paid; a second later another callback says 1032"},
    {.name = "cancelled_then_charged",
     .phone_ending = "056",
     .first_code = "1032",
     .what = "a callback says 1032; 20 s later the money moves and another says 0"},
    {.name = "query_contradicts",
     .phone_ending = "057",
     .late = true,
     .query_code = "1032",
     .what = "paid; until the late callback the query says 1032"},
    {.name = "processing_phase",
     .phone_ending = "058",
     .late = true,
     .query_code = "4999",
     .what = "paid; until the late callback the query says 4999"},
    {.name = "wrong_amount",
     .phone_ending = "059",
     .wrong_amount = true,
     .what = "paid; the callback names one shilling more"},
    replies("reply_lost", "060", Reply::lost,
            "accepted and paid; the reply to the push never comes"),
    replies("reply_dropped", "061", Reply::dropped, "not accepted; the reply never comes"),
    {.name = "reply_lost_no_callback",
     .phone_ending = "062",
     .reply = Reply::lost,
     .callbacks = 0,
     .what = "accepted and paid; neither reply nor callback"},
    replies("html_200", "063", Reply::html_200, "not accepted; 200 with an HTML page"),
    replies("html_403", "064", Reply::html_403, "not accepted; 403 with an HTML page"),
    replies("empty_500", "065", Reply::empty_500, "not accepted; 500 with an empty body"),
    replies("soap_500", "066", Reply::soap_500, "not accepted; 500 with a SOAP fault"),
    replies("rate_limited", "067", Reply::apigee_429, "429 with Apigee's fault"),
    replies("system_busy", "068", Reply::busy_500, "500.003.02 System is busy"),
    replies("quota", "069", Reply::quota_500, "500.003.03 Quota Violation"),
    replies("token_refused", "070", Reply::token, "404.001.03 Invalid Access Token"),
    replies("field_refused", "071", Reply::field_400, "400.002.02 Invalid PhoneNumber"),
    {.name = "ignored",
     .phone_ending = "073",
     .code = "1037",
     .answers = false,
     .what = "nobody answers the prompt: 1037 after its 60 s"},
}};

struct Text {
    std::string_view code;
    std::string_view text;
};
constexpr std::array<Text, 21> texts{{
    {"0", "The service request is processed successfully."},
    {"1", "The balance is insufficient for the transaction."},
    {"2", "Declined due to limit rule: less than the minimum transaction amount."},
    {"3", "Declined due to limit rule: greater than the maximum transaction amount."},
    {"4", "Declined due to limit rule: would exceed daily transfer limit."},
    {"8", "Declined due to limit rule: would exceed the maximum balance."},
    {"17", "Rule limited."},
    {"26", "System busy. The service request is rejected."},
    {"1001",
     "Unable to lock subscriber, a transaction is already in process for the current subscriber."},
    {"1019", "Transaction has expired."},
    {"1025", "An error occurred while sending a push request."},
    {"1032", "Request cancelled by user."},
    {"1036", "SMSC ACK timeout."},
    {"1037", "DS timeout user cannot be reached."},
    {"2001", "The initiator information is invalid."},
    {"2028", "The request is not permitted according to product assignment."},
    {"4999", "The transaction is still under processing"},
    {"8006", "The security credential is locked."},
    {"9999", "An error occurred while sending a push request."},
    {"SFC_IC0003", "The operator does not exist."},
    {"E3008", "Error, the user has a bad debt contract."},
}};

}  // namespace

std::span<const Scenario> scenarios() { return list; }

const Scenario* scenario_named(std::string_view name) {
    const auto* const found = std::ranges::find(list, name, &Scenario::name);
    return found == list.end() ? nullptr : found;
}

const Scenario& scenario_for_phone(std::string_view phone) {
    const auto ending = phone.substr(phone.size() < 3 ? 0 : phone.size() - 3);
    // Endings from 100 on are everybody else's: most pushes ask no further.
    if (ending.empty() || ending.front() != '0') return list.front();
    const auto* const found = std::ranges::find(list, ending, &Scenario::phone_ending);
    return found == list.end() ? list.front() : *found;
}

std::string_view result_text(std::string_view code) {
    const auto* const found = std::ranges::find(texts, code, &Text::code);
    return found == texts.end() ? "An error occurred." : found->text;
}

}  // namespace lango::simulator

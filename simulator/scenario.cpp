#include "simulator/scenario.hpp"

#include <algorithm>
#include <array>

namespace lango::simulator {

namespace {

using namespace std::chrono_literals;

constexpr Scenario fails(std::string_view name, std::string_view ending, std::string_view code) {
    return {.name = name, .phone_ending = ending, .code = code, .pays = false};
}
constexpr Scenario replies(std::string_view name, std::string_view ending, Reply reply, bool pays) {
    return {.name = name, .phone_ending = ending, .reply = reply, .pays = pays};
}

constexpr std::array<Scenario, 44> list{{
    {.name = "paid", .phone_ending = ""},
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
    fails("unknown_code", "042", "TP99999"),
    {.name = "no_callback_paid", .phone_ending = "050", .callbacks = 0},
    {.name = "no_callback_unpaid", .phone_ending = "051", .code = "1032", .pays = false, .callbacks = 0},
    {.name = "duplicate_callbacks", .phone_ending = "052", .callbacks = 3},
    {.name = "late_callback", .phone_ending = "053", .callback_delay = 3min},
    {.name = "early_callback", .phone_ending = "054", .early = true},
    {.name = "failure_after_success", .phone_ending = "055", .later_code = "1032"},
    {.name = "cancelled_then_charged", .phone_ending = "056", .callback_delay = 20s, .first_code = "1032"},
    {.name = "query_contradicts", .phone_ending = "057", .callback_delay = 3min, .query_code = "1032"},
    {.name = "processing_phase", .phone_ending = "058", .callback_delay = 3min, .query_code = "4999"},
    {.name = "wrong_amount", .phone_ending = "059", .wrong_amount = true},
    replies("reply_lost", "060", Reply::lost, true),
    replies("reply_dropped", "061", Reply::dropped, false),
    {.name = "reply_lost_no_callback", .phone_ending = "062", .reply = Reply::lost, .callbacks = 0},
    replies("html_200", "063", Reply::html_200, false),
    replies("html_403", "064", Reply::html_403, false),
    replies("empty_500", "065", Reply::empty_500, false),
    replies("soap_500", "066", Reply::soap_500, false),
    replies("rate_limited", "067", Reply::apigee_429, false),
    replies("system_busy", "068", Reply::busy_500, false),
    replies("quota", "069", Reply::quota_500, false),
    replies("token_refused", "070", Reply::token_404, false),
    replies("field_refused", "071", Reply::field_400, false),
    fails("ignored", "073", "1037"),
}};

struct Text {
    std::string_view code;
    std::string_view text;
};
constexpr std::array<Text, 19> texts{{
    {"0", "The service request is processed successfully."},
    {"1", "The balance is insufficient for the transaction."},
    {"2", "Declined due to limit rule: less than the minimum transaction amount."},
    {"3", "Declined due to limit rule: greater than the maximum transaction amount."},
    {"4", "Declined due to limit rule: would exceed daily transfer limit."},
    {"8", "Declined due to limit rule: would exceed the maximum balance."},
    {"17", "Rule limited."},
    {"26", "System busy. The request is blocked."},
    {"1001", "Unable to lock subscriber, a transaction is already in process for the current subscriber."},
    {"1019", "Transaction has expired."},
    {"1025", "An error occurred while sending a push request."},
    {"1032", "Request cancelled by user."},
    {"1036", "SMSC ACK timeout."},
    {"1037", "DS timeout user cannot be reached."},
    {"2001", "The initiator information is invalid."},
    {"2028", "The request is not permitted according to product assignment."},
    {"4999", "The transaction is still under processing"},
    {"8006", "The security credential is locked."},
    {"SFC_IC0003", "The operator does not exist."},
}};

}  // namespace

std::span<const Scenario> scenarios() { return list; }

const Scenario* scenario_named(std::string_view name) {
    const auto found = std::ranges::find(list, name, &Scenario::name);
    return found == list.end() ? nullptr : &*found;
}

const Scenario& scenario_for_phone(std::string_view phone) {
    const auto ending = phone.substr(phone.size() < 3 ? 0 : phone.size() - 3);
    const auto found = std::ranges::find(list, ending, &Scenario::phone_ending);
    return found == list.end() ? list.front() : *found;
}

std::string_view result_text(std::string_view code) {
    const auto found = std::ranges::find(texts, code, &Text::code);
    return found == texts.end() ? "An error occurred." : found->text;
}

}  // namespace lango::simulator

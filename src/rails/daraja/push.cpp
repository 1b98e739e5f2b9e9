// STK push: daraja.md 3.1 to 3.3.
#include "base/json_writer.hpp"
#include "base/redact.hpp"
#include "rails/daraja/callback.hpp"
#include "rails/daraja/codes.hpp"
#include "rails/daraja/daraja.hpp"
#include "rails/daraja/push_reply.hpp"

namespace lango::rails::daraja {

std::string Daraja::password(const std::string& timestamp) const {
    return crypto::base64(std::to_string(options_.shortcode) + options_.passkey.reveal() +
                          timestamp);
}

std::string Daraja::push_body(const Push& push, Instant now) const {
    const auto timestamp = format_eat_compact(now);
    const auto order = hex16(push.deposit.value());
    const auto shortcode = std::to_string(options_.shortcode);
    const auto phone = push.phone.raw();
    const bool till = !options_.till.empty();
    std::string body;
    body.reserve(640);
    json::Writer writer{body};
    writer.begin_object()
        .member("BusinessShortCode", shortcode)
        .member("Password", password(timestamp))
        .member("Timestamp", timestamp)
        .member("TransactionType", till ? "CustomerBuyGoodsOnline" : "CustomerPayBillOnline")
        .member("Amount", std::to_string(push.amount.whole()))
        .member("PartyA", phone)
        .member("PartyB", till ? options_.till : shortcode)
        .member("PhoneNumber", phone)
        .member("CallBackURL", options_.callback_url + "/rail/stk/" + order + "/" +
                                   master_.token(stk_token_purpose, order))
        .member("AccountReference", reference(push.deposit))
        .member("TransactionDesc", options_.description)
        .end_object();
    return body;
}

void Daraja::count(const PushAnswer& answer, bool trouble, bool alarm) {
    if (!trouble) {
        breaker_.succeeded();
        return;
    }
    const auto now = clock_.now();
    const bool was_open = breaker_.open_for(now).has_value();
    breaker_.troubled(now, alarm);
    if (!was_open && breaker_.open_for(now) && down_) down_(answer.code, answer.message);
}

asio::awaitable<PushAnswer> Daraja::push(Push push) {
    const auto began = clock_.now();
    auto reply = co_await app_.post("/mpesa/stkpush/v1/processrequest", push_body(push, began));
    PushAnswer answer;
    bool trouble = true;
    bool alarm = false;
    if (!reply) {
        answer.outcome = Submitted::not_submitted;
        answer.code = "no token";
        answer.message = app_.token().failure();
        // For our key or secret: every other push is refused likewise, until a person mends it.
        answer.alert = app_.token().refuses_us();
    } else if (!*reply) {
        const auto& error = reply->error();
        answer.outcome = error.reached == http::Reached::not_sent ? Submitted::not_submitted
                                                                  : Submitted::unknown;
        answer.code = "no answer";
        answer.message = redact(error.message);
    } else if ((*reply)->status == 200) {
        answer = read_push_reply(**reply);
        trouble = answer.outcome != Submitted::accepted;
    } else {
        const auto fault = classify_fault(**reply);
        answer = {.outcome = fault.outcome,
                  .code = fault.code,
                  .message = fault.message,
                  .checkout_request_id = {},
                  .merchant_request_id = {},
                  .raw = redact((*reply)->body),
                  .pause_min = fault.pause_min,
                  .alert = fault.alert};
        // A field or a busy phone is one payment's matter, not the rail's.
        const bool of_this_payment =
            fault.outcome == Submitted::refused ||
            (fault.outcome == Submitted::not_submitted && fault.code == "500.001.1001");
        trouble = fault.alarming || fault.busy || !of_this_payment;
        alarm = fault.alarming;
    }
    count(answer, trouble, alarm);
    notice("push", name(answer.outcome), began);
    co_return answer;
}

}  // namespace lango::rails::daraja


#include "api/endpoints.hpp"
#include "api/envelope.hpp"
#include "api/rail_door.hpp"
#include "rails/daraja/paybill.hpp"

namespace lango::api {

namespace {

// The rail waits 8 s (daraja.md 4.2); the way there and back takes some of them.
constexpr Duration answer_within = std::chrono::seconds{5};

rails::daraja::Refusal refusal(paybill::Objection objection) {
    switch (objection) {
        case paybill::Objection::account:
            return rails::daraja::Refusal::account;
        case paybill::Objection::amount:
            return rails::daraja::Refusal::amount;
        case paybill::Objection::number:
            return rails::daraja::Refusal::shortcode;
        case paybill::Objection::paid:
        case paybill::Objection::none:
            return rails::daraja::Refusal::other;
    }
    return rails::daraja::Refusal::other;
}

// The rail waits for its answer, not for this.
void keep_aside(const Context& context, const http::Request& request,
                const std::string& shortcode) {
    notice_callback(context, "unreadable");
    context.desk->keep_unreadable_beside({.door = unreadable::Door::validation,
                                          .subject = shortcode,
                                          .why = "it cannot be read; it was accepted",
                                          .body = request.body});
}

}  // namespace

asio::awaitable<http::Response> paybill_validation(const Context& context,
                                                   const http::Request& request,
                                                   const std::string& shortcode,
                                                   const std::string& token) {
    if (auto refused = refuse_at_door(context, request, rails::daraja::paybill_token_purpose,
                                      shortcode, token)) {
        co_return std::move(*refused);
    }
    auto payment = rails::daraja::read_paybill(request.body);
    if (!payment) keep_aside(context, request, shortcode);
    const auto verdict = co_await context.desk->judge(std::move(payment), answer_within);
    if (verdict.objection != paybill::Objection::none) {
        notice_callback(context, "paybill_rejected");
        co_return ok(rails::daraja::refuse_payment(refusal(verdict.objection)));
    }
    notice_callback(context, "paybill_accepted");
    co_return ok(rails::daraja::accept_payment(verdict.order ? hex16(verdict.order->value())
                                                             : std::string{}));
}

}  // namespace lango::api

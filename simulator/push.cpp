// STK push (daraja.md 3.1 to 3.3).
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"
#include "simulator/replies.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

namespace {

// Longer than any client waits.
constexpr Duration reply_held_for = 120s;

http::Response gateway_timeout() {
    http::Response response;
    response.status = 504;
    response.content_type = "text/plain";
    return response;
}

bool refuses(Reply reply) {
    return reply != Reply::accepted && reply != Reply::lost && reply != Reply::dropped;
}

}  // namespace

Daraja::Answer Daraja::push(const http::Request& request) {
    if (!authorized(request)) co_return error(404, "404.001.03", "Invalid Access Token");
    if (!says_json(request)) {
        co_return error(400, "400.002.02", "Bad Request - Invalid BusinessShortCode");
    }
    const auto body = json::parse(request.body);
    if (!body) co_return error(400, "400.002.05", "Invalid Request Payload");
    if (const auto wrong = invalid_push_field(*body); !wrong.empty()) {
        co_return error(400, "400.002.02", "Bad Request - Invalid " + std::string{wrong});
    }
    if (auto refused = refuse_merchant(*body)) co_return std::move(*refused);
    const auto now = clock_.now();
    Prompt prompt{.checkout_request_id = {},
                  .merchant_request_id = {},
                  .phone = std::string{field(*body, "PhoneNumber")},
                  .amount_minor = *amount_minor(field(*body, "Amount")),
                  .shortcode = shortcode_of(*body)->number,
                  .callback_url = std::string{field(*body, "CallBackURL")},
                  .reference = std::string{field(*body, "AccountReference")},
                  .began = now};
    if (push_is_too_many(prompt.shortcode)) {
        co_return error(500, "500.003.02", "Error Occurred: Spike Arrest Violation");
    }
    if (open_by_phone_.contains(prompt.phone)) {
        co_return error(500, "500.001.1001",
                        "Unable to lock subscriber, a transaction is already in process for the "
                        "current subscriber");
    }
    const auto& scenario = choose(prompt);
    if (scenario.reply == Reply::dropped) {
        co_return co_await held_back(now + reply_held_for, gateway_timeout());
    }
    if (refuses(scenario.reply)) co_return refusal(scenario.reply);
    prompt.scenario = &scenario;
    auto accepted = accept(std::move(prompt));
    if (scenario.reply == Reply::lost) {
        co_return co_await held_back(now + reply_held_for, gateway_timeout());
    }
    if (scenario.early) {
        co_return co_await held_back(now + payer_delay() + 500ms, std::move(accepted));
    }
    co_return accepted;
}

const Scenario& Daraja::choose(const Prompt& prompt) {
    if (const auto* const next = std::exchange(chosen_.next, nullptr)) return *next;
    if (!chosen_.by_phone.empty()) {
        const auto found = chosen_.by_phone.find(prompt.phone);
        if (found != chosen_.by_phone.end()) return *found->second;
    }
    if (!chosen_.by_shillings.empty()) {
        const auto found = chosen_.by_shillings.find(prompt.amount_minor / 100);
        if (found != chosen_.by_shillings.end()) return *found->second;
    }
    return scenario_for_phone(prompt.phone);
}

http::Response Daraja::refusal(Reply reply) {
    switch (reply) {
        case Reply::html_200:
            return html(200);
        case Reply::html_403:
            return html(403);
        case Reply::empty_500:
            return empty(500);
        case Reply::soap_500:
            return soap_fault();
        case Reply::apigee_429:
            return apigee_fault();
        case Reply::busy_500:
            return error(500, "500.003.02", "System is busy. Please try again in few minutes.");
        case Reply::quota_500:
            return error(500, "500.003.03", "Error Occurred: Quota Violation");
        case Reply::token_404:
            return error(404, "404.001.03", "Invalid Access Token");
        case Reply::field_400:
            return error(400, "400.002.02", "Bad Request - Invalid PhoneNumber");
        case Reply::accepted:
        case Reply::lost:
        case Reply::dropped:
            break;
    }
    return error(500, "500.003.1001", "Internal Server Error");
}

http::Response Daraja::accept(Prompt prompt) {
    auto named_at = prompt.began;
    do {
        prompt.checkout_request_id = Ids::checkout(named_at, prompt.phone);
        named_at += 1ms;
    } while (prompts_.contains(prompt.checkout_request_id));
    prompt.merchant_request_id = ids_.merchant_request();
    http::Response response;
    json::Writer{response.body}
        .begin_object()
        .member("MerchantRequestID", prompt.merchant_request_id)
        .member("CheckoutRequestID", prompt.checkout_request_id)
        .member("ResponseCode", "0")
        .member("ResponseDescription", "Success. Request accepted for processing")
        .member("CustomerMessage", "Success. Request accepted for processing")
        .end_object();
    if (prompt_text(prompt, name_of(prompt.shortcode)).size() > prompt_text_max) {
        prompt.scenario = scenario_named("prompt_not_sent");
    }
    journal_push(prompt);
    auto& kept = prompts_.emplace(prompt.checkout_request_id, std::move(prompt)).first->second;
    open_by_phone_[kept.phone] = &kept;
    await_payer(kept, kept.began);
    return response;
}

Daraja::Answer Daraja::held_back(Instant until, http::Response response) {
    if (stopping_) co_return response;
    ++in_flight_;
    const auto mine = held_.insert(held_.end(), clock_.timer());
    (*mine)->expires_at(until);
    static_cast<void>(co_await (*mine)->wait());
    held_.erase(mine);
    --in_flight_;
    if (stopping_) idle_->cancel();
    co_return response;
}

}  // namespace lango::simulator

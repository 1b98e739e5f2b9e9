// STK push (daraja.md 3.1 to 3.3).
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

using namespace std::chrono_literals;

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
    if (const auto wrong = core_.forbidden_url(*body, {"CallBackURL"}); !wrong.empty()) {
        co_return core_.invalid(wrong);
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
    const auto& scenario =
        chosen_.choose(prompt.phone, prompt.amount_minor, scenario_for_phone(prompt.phone));
    if (scenario.reply == Reply::dropped) {
        co_return co_await agenda_.hold(now + reply_held_for, gateway_timeout());
    }
    if (refuses(scenario.reply)) co_return refusal(core_, product::stk_push, scenario.reply);
    prompt.scenario = &scenario;
    auto accepted = accept(std::move(prompt));
    if (scenario.reply == Reply::lost) {
        co_return co_await agenda_.hold(now + reply_held_for, gateway_timeout());
    }
    if (scenario.early) {
        co_return co_await agenda_.hold(now + payer_delay() + 500ms, std::move(accepted));
    }
    co_return accepted;
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
    if (out_of_reach_.contains(prompt.phone)) prompt.scenario = scenario_named("unreachable");
    journal_push(prompt);
    auto& kept = prompts_.emplace(prompt.checkout_request_id, std::move(prompt)).first->second;
    open_by_phone_[kept.phone] = &kept;
    await_payer(kept, kept.began);
    agenda_.stir();
    return response;
}

}  // namespace lango::simulator

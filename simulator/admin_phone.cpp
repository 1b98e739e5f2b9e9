// Phones in the hand of whoever calls the admin API.
#include "base/json_writer.hpp"
#include "base/msisdn.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

constexpr std::string_view right_pin = "1234";
constexpr int wrong_pins_max = 3;

}  // namespace

Prompt* Daraja::open_prompt(const std::string& phone) const {
    const auto open = open_by_phone_.find(phone);
    return open == open_by_phone_.end() ? nullptr : open->second;
}

http::Response Daraja::admin_phone(const std::string& phone) const {
    if (!Msisdn::parse(phone)) return admin_refuse("a phone is 254 and nine digits");
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object()
        .member("phone", phone)
        .member("balance_minor", ledger_.balance(phone))
        .key("prompt");
    const auto* const prompt = open_prompt(phone);
    if (prompt == nullptr) {
        writer.null();
    } else {
        writer.begin_object()
            .member("text", prompt_text(*prompt, name_of(prompt->shortcode)))
            .member("amount_minor", prompt->amount_minor)
            .member("shortcode", prompt->shortcode)
            .member("account_reference", prompt->reference)
            .member("checkout_request_id", prompt->checkout_request_id)
            .member("began", to_micros(prompt->began))
            .end_object();
    }
    writer.end_object();
    return response;
}

http::Response Daraja::admin_act(const std::string& phone, const std::string& act,
                                 const http::Request& request) {
    auto* const prompt = open_prompt(phone);
    if (prompt == nullptr) return admin_refuse("no prompt is open on this phone");
    if (act == "cancel") {
        close(*prompt, "1032");
    } else if (act == "offline") {
        close(*prompt, "1037");
    } else if (act == "ignore") {
        prompt->ignored = true;
    } else if (act == "pin") {
        const auto body = json::parse(request.body);
        const auto pin = body ? field(*body, "pin") : std::string_view{};
        enter_pin(*prompt, std::string{pin.empty() ? right_pin : pin});
    } else {
        return admin_refuse("a phone can pin, cancel, ignore or be offline");
    }
    return admin_ok();
}

void Daraja::enter_pin(Prompt& prompt, const std::string& pin) {
    if (pin == right_pin) {
        wrong_pins_.erase(prompt.phone);
        decide(prompt, std::string{prompt.scenario->code});
        return;
    }
    // The third one in a row locks, and the next count begins anew: there is no desk to unlock it
    // at.
    if (++wrong_pins_[prompt.phone] < wrong_pins_max) {
        close(prompt, "2001");
    } else {
        wrong_pins_.erase(prompt.phone);
        close(prompt, "8006");
    }
}

}  // namespace lango::simulator

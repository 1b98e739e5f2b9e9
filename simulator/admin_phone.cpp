// One phone, in the hand of whoever calls the admin API.
#include "base/json_writer.hpp"
#include "base/msisdn.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/c2b_fields.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

constexpr std::string_view right_pin = "1234";
constexpr int wrong_pins_max = 3;

std::string pin_in(const http::Request& request) {
    const auto body = json::parse(request.body);
    const auto pin = body ? field(*body, "pin") : std::string_view{};
    return std::string{pin.empty() ? right_pin : pin};
}

}  // namespace

Prompt* Daraja::open_prompt(const std::string& phone) const {
    const auto open = open_by_phone_.find(phone);
    return open == open_by_phone_.end() ? nullptr : open->second;
}

http::Response Daraja::admin_phone(const std::string& phone) const {
    if (!Msisdn::parse(phone)) return admin_refuse("a phone is 254 and nine digits");
    http::Response response;
    json::Writer writer{response.body};
    write_phone(writer, phone);
    return response;
}

void Daraja::write_phone(json::Writer& writer, const std::string& phone) const {
    writer.begin_object()
        .member("phone", phone)
        .member("balance_minor", ledger_.balance(phone))
        .key("reachable")
        .boolean(!out_of_reach_.contains(phone))
        .key("prompt");
    const auto* const prompt = open_prompt(phone);
    if (prompt == nullptr) {
        writer.null();
    } else {
        writer.begin_object()
            .member("text", prompt_text(*prompt, name_of(prompt->shortcode)))
            .member("organisation", name_of(prompt->shortcode))
            .member("amount_minor", prompt->amount_minor)
            .member("shortcode", prompt->shortcode)
            .member("account_reference", prompt->reference)
            .member("checkout_request_id", prompt->checkout_request_id)
            .member("began", to_micros(prompt->began))
            .member("ends", to_micros(prompt->began + prompt_life))
            .key("ignored")
            .boolean(prompt->ignored)
            .end_object();
    }
    writer.key("messages").begin_array();
    for (const auto& sms : inbox_.of(phone)) {
        writer.begin_object()
            .member("seq", sms.seq)
            .member("at", to_micros(sms.at))
            .member("text", sms.text)
            .end_object();
    }
    writer.end_array().end_object();
}

http::Response Daraja::admin_act(const std::string& phone, const std::string& act,
                                 const http::Request& request) {
    if (!Msisdn::parse(phone)) return admin_refuse("a phone is 254 and nine digits");
    if (act == "pay") return admin_pay(phone, request);
    if (act == "out-of-reach" || act == "within-reach") {
        set_reach(phone, act == "within-reach");
        return admin_ok();
    }
    auto* const prompt = open_prompt(phone);
    if (prompt == nullptr) return admin_refuse("no prompt is open on this phone");
    if (act == "cancel") {
        close(*prompt, "1032");
    } else if (act == "offline") {
        close(*prompt, "1037");
    } else if (act == "ignore" || act == "look") {
        prompt->ignored = act == "ignore";
        agenda_.stir();
    } else if (act == "pin") {
        const auto code = pin_code(phone, pin_in(request));
        if (code == "0")
            decide(*prompt, std::string{prompt->scenario->code});
        else
            close(*prompt, code);
    } else {
        return admin_refuse(
            "a phone can pin, cancel, ignore, look, be offline, pay, or go out-of-reach and "
            "within-reach");
    }
    return admin_ok();
}

// Lipa na M-PESA in the phone's menu.
http::Response Daraja::admin_pay(const std::string& phone, const http::Request& request) {
    const auto body = json::parse(request.body);
    const auto amount = body ? amount_minor(field(*body, "amount")) : std::nullopt;
    const auto* const till = body ? body->find("till") : nullptr;
    const auto number =
        till == nullptr ? (body ? body->text_at("paybill") : "") : body->text_at("till");
    const auto reference = till == nullptr && body ? body->text_at("account") : std::string{};
    if (!amount || number.empty() || (till == nullptr && reference.empty())) {
        return admin_refuse(
            R"(say {"paybill","account","amount"} or {"till","amount"}, and "pin")");
    }
    if (reference.size() > reference_max) {
        return admin_refuse("an account number has at most 20 characters");
    }
    if (out_of_reach_.contains(phone)) return admin_refuse("the phone is out of reach");
    const auto now = clock_.now();
    const auto* const shortcode = core_.shortcode(number);
    if (shortcode == nullptr) {
        inbox_.add(phone, now, "Failed. M-PESA knows no business with the number " + number + ".");
        agenda_.stir();
        return admin_ok();
    }
    if (const auto code = pin_code(phone, pin_in(request)); code != "0") {
        inbox_.add(phone, now,
                   failure_text(code, *amount, shortcode->name, ledger_.balance(phone)));
        agenda_.stir();
        return admin_ok();
    }
    c2b_.pay({.shortcode = shortcode->number,
              .phone = phone,
              .amount_minor = *amount,
              .reference = reference,
              .till = till != nullptr});
    return admin_ok();
}

void Daraja::set_reach(const std::string& phone, bool within) {
    if (within) {
        out_of_reach_.erase(phone);
    } else {
        out_of_reach_.insert(phone);
        if (auto* const prompt = open_prompt(phone)) close(*prompt, "1037");
    }
    agenda_.stir();
}

std::string Daraja::pin_code(const std::string& phone, const std::string& pin) {
    if (pin == right_pin) {
        wrong_pins_.erase(phone);
        return "0";
    }
    // The third one in a row locks, and the next count begins anew: there is no desk to unlock it
    // at.
    if (++wrong_pins_[phone] < wrong_pins_max) return "2001";
    wrong_pins_.erase(phone);
    return "8006";
}

}  // namespace lango::simulator

// The simulator's own API: settings, scenarios, phones, and its ledger as evidence.
#include <algorithm>
#include <charconv>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/json_writer.hpp"
#include "simulator/daraja.hpp"

namespace lango::simulator {

namespace {

http::Response json_answer(std::string body) {
    http::Response response;
    response.body = std::move(body);
    return response;
}

http::Response refuse(std::string_view why) {
    http::Response response;
    response.status = 400;
    json::Writer{response.body}.begin_object().member("error", why).end_object();
    return response;
}

std::optional<std::int64_t> integer_at(const json::Value& body, std::string_view name) {
    const auto number = Decimal::parse(body.text_at(name));
    if (!number || number->scale() != 0 || number->units() < 0) return std::nullopt;
    return number->units();
}

std::int64_t query_integer(const http::Query& query, std::string_view name, std::int64_t otherwise) {
    const auto text = query.find(name).value_or("");
    std::int64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

void Daraja::add_admin_routes() {
    using http::Method;
    using http::PathArguments;
    using http::Request;
    const auto answer = [this](Method method, std::string_view path, auto handler) {
        router_.add(method, path,
                    [handler](const Request& request, const PathArguments& arguments) -> Answer {
                        co_return handler(request, arguments);
                    });
    };
    answer(Method::post, "/simulator/settings",
           [this](const Request& r, const PathArguments&) { return admin_settings(r); });
    answer(Method::get, "/simulator/scenarios",
           [this](const Request&, const PathArguments&) { return admin_scenarios(); });
    answer(Method::post, "/simulator/scenarios",
           [this](const Request& r, const PathArguments&) { return admin_choose(r); });
    answer(Method::get, "/simulator/ledger",
           [this](const Request&, const PathArguments&) { return admin_ledger(); });
    answer(Method::get, "/simulator/payments",
           [this](const Request& r, const PathArguments&) { return admin_payments(r); });
    answer(Method::get, "/simulator/phones/{phone}",
           [this](const Request&, const PathArguments& a) { return admin_phone(a.at(0)); });
    answer(Method::post, "/simulator/phones/{phone}/{act}",
           [this](const Request&, const PathArguments& a) { return admin_act(a.at(0), a.at(1)); });
    answer(Method::get, "/simulator/calls",
           [this](const Request&, const PathArguments&) { return admin_calls(); });
}

http::Response Daraja::admin_settings(const http::Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) return refuse("send a JSON object");
    for (const auto& [name, value] : *body->object()) {
        const auto number = integer_at(*body, name);
        const auto* yes = value.boolean();
        if (name == "auto_pay_ms" && value.string() != nullptr && *value.string() == "off") {
            config_.auto_pay.reset();
        } else if (name == "auto_pay_ms" && number) {
            config_.auto_pay = std::chrono::milliseconds{*number};
        } else if (name == "pushes_per_second" && number) {
            config_.pushes_per_second = static_cast<int>(*number);
            pushes_ = TokenBucket{config_.pushes_per_second};
        } else if (name == "queries_per_minute" && number) {
            config_.queries_per_minute = static_cast<int>(*number);
        } else if (name == "callback_retries" && number) {
            config_.callback_retries = static_cast<int>(*number);
        } else if (name == "token_kills_old" && yes != nullptr) {
            config_.token_kills_old = *yes;
        } else if (name == "expires_in_number" && yes != nullptr) {
            config_.expires_in_number = *yes;
        } else if (name == "masked_phone" && yes != nullptr) {
            config_.masked_phone = *yes;
        } else if (name == "shuffled_items" && yes != nullptr) {
            config_.shuffled_items = *yes;
        } else {
            return refuse("unknown setting or wrong value: " + name);
        }
    }
    return json_answer(R"({"status":"ok"})");
}

http::Response Daraja::admin_scenarios() const {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("scenarios").begin_array();
    for (const auto& scenario : scenarios()) {
        writer.begin_object()
            .member("scenario", scenario.name)
            .member("phone_ending", scenario.phone_ending)
            .member("result_code", scenario.code)
            .end_object();
    }
    writer.end_array().end_object();
    return json_answer(std::move(out));
}

http::Response Daraja::admin_choose(const http::Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) return refuse("send a JSON object");
    const auto name = body->text_at("scenario");
    if (scenario_named(name) == nullptr) return refuse("there is no scenario " + name);
    if (const auto phone = body->text_at("phone"); !phone.empty()) {
        scenario_by_phone_[phone] = name;
    } else if (const auto amount = integer_at(*body, "amount")) {
        scenario_by_amount_[*amount] = name;
    } else if (const auto* next = body->find("next"); next != nullptr) {
        scenario_next_ = name;
    } else {
        return refuse("say for which phone or amount, or \"next\":true");
    }
    return json_answer(R"({"status":"ok"})");
}

const Scenario& Daraja::choose(const Prompt& prompt) {
    const auto next = std::exchange(scenario_next_, {});
    if (!next.empty()) return *scenario_named(next);
    const auto by_phone = scenario_by_phone_.find(prompt.phone);
    if (by_phone != scenario_by_phone_.end()) return *scenario_named(by_phone->second);
    const auto by_amount = scenario_by_amount_.find(prompt.amount_minor / 100);
    if (by_amount != scenario_by_amount_.end()) return *scenario_named(by_amount->second);
    return scenario_for_phone(prompt.phone);
}

http::Response Daraja::admin_ledger() const {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("shortcodes").begin_array();
    for (const auto& [shortcode, working] : ledger_.working()) {
        writer.begin_object()
            .member("shortcode", shortcode)
            .member("working_minor", working)
            .end_object();
    }
    writer.end_array()
        .member("payments", static_cast<std::int64_t>(ledger_.payments().size()))
        .member("wallets_total_minor", ledger_.wallets_total())
        .key("balanced")
        .boolean(ledger_.balanced())
        .end_object();
    return json_answer(std::move(out));
}

http::Response Daraja::admin_payments(const http::Request& request) const {
    const auto query = http::Query::parse(request.query);
    const auto& all = ledger_.payments();
    const auto after = std::clamp<std::int64_t>(query_integer(query, "after", 0), 0,
                                                static_cast<std::int64_t>(all.size()));
    const auto limit = std::clamp<std::int64_t>(query_integer(query, "limit", 1000), 1, 10'000);
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("payments").begin_array();
    const auto end = std::min<std::int64_t>(after + limit, static_cast<std::int64_t>(all.size()));
    for (auto i = after; i < end; ++i) {
        const auto& payment = all[static_cast<std::size_t>(i)];
        writer.begin_object()
            .member("seq", payment.seq)
            .member("receipt", payment.receipt)
            .member("shortcode", payment.shortcode)
            .member("phone", payment.phone)
            .member("amount_minor", payment.amount_minor)
            .member("checkout_request_id", payment.checkout_request_id)
            .member("account_reference", payment.account_reference)
            .member("completed_at", payment.completed_at)
            .end_object();
    }
    writer.end_array().end_object();
    return json_answer(std::move(out));
}

Prompt* Daraja::open_prompt(const std::string& phone) {
    const auto open = open_by_phone_.find(phone);
    if (open == open_by_phone_.end()) return nullptr;
    return &prompts_.at(open->second);
}

http::Response Daraja::admin_phone(const std::string& phone) {
    std::string out;
    json::Writer writer{out};
    writer.begin_object()
        .member("phone", phone)
        .member("balance_minor", ledger_.wallet(phone))
        .key("prompt");
    const auto* prompt = open_prompt(phone);
    if (prompt == nullptr) writer.null();
    else writer.string(prompt_text(*prompt));
    writer.end_object();
    return json_answer(std::move(out));
}

http::Response Daraja::admin_act(const std::string& phone, const std::string& act) {
    auto* prompt = open_prompt(phone);
    if (prompt == nullptr) return refuse("no prompt is open on this phone");
    if (act == "pin") decide(*prompt, std::string{prompt->scenario.code});
    else if (act == "cancel") decide(*prompt, "1032");
    else if (act == "ignore" || act == "offline") decide(*prompt, "1037");
    else return refuse("a phone can pin, cancel, ignore or be offline");
    return json_answer(R"({"status":"ok"})");
}

http::Response Daraja::admin_calls() const {
    std::string out;
    json::Writer writer{out};
    writer.begin_object().key("calls").begin_array();
    for (const auto& call : calls_) writer.string(call);
    writer.end_array().end_object();
    return json_answer(std::move(out));
}

}  // namespace lango::simulator

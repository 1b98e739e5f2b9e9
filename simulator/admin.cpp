// The simulator's own API: scenarios, its ledger as evidence, and what it was asked.
#include <algorithm>
#include <charconv>

#include "base/json_writer.hpp"
#include "simulator/admin_answers.hpp"
#include "simulator/daraja.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

std::int64_t query_integer(const http::Query& query, std::string_view name,
                           std::int64_t otherwise) {
    const auto text = query.find(name).value_or("");
    std::int64_t value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string_view method_name(http::Method method) {
    switch (method) {
        case http::Method::get:
            return "GET";
        case http::Method::head:
            return "HEAD";
        case http::Method::post:
            return "POST";
        case http::Method::put:
            return "PUT";
        case http::Method::delete_:
            return "DELETE";
        case http::Method::options:
            return "OPTIONS";
        case http::Method::other:
            break;
    }
    return "OTHER";
}

http::Response list_scenarios() {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("scenarios").begin_array();
    for (const auto& scenario : scenarios()) {
        writer.begin_object()
            .member("scenario", scenario.name)
            .member("phone_ending", scenario.phone_ending)
            .member("result_code", scenario.code)
            .member("what", scenario.what.empty() ? result_text(scenario.code) : scenario.what)
            .end_object();
    }
    writer.end_array()
        .member("how",
                "a phone with that ending, or POST {\"phone\":..|\"amount\":..|\"next\":true, "
                "\"scenario\":..} here; \"paid\" takes a choice back")
        .end_object();
    return response;
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
    answer(Method::get, "/simulator/settings",
           [this](const Request&, const PathArguments&) { return admin_show_settings(); });
    answer(Method::post, "/simulator/settings",
           [this](const Request& r, const PathArguments&) { return admin_settings(r); });
    answer(Method::get, "/simulator/scenarios",
           [](const Request&, const PathArguments&) { return list_scenarios(); });
    answer(Method::post, "/simulator/scenarios",
           [this](const Request& r, const PathArguments&) { return admin_choose(r); });
    answer(Method::get, "/simulator/ledger",
           [this](const Request&, const PathArguments&) { return admin_ledger(); });
    answer(Method::get, "/simulator/payments",
           [this](const Request& r, const PathArguments&) { return admin_payments(r); });
    answer(Method::get, "/simulator/phones/{phone}",
           [this](const Request&, const PathArguments& a) { return admin_phone(a.at(0)); });
    answer(Method::post, "/simulator/phones/{phone}/{act}",
           [this](const Request& r, const PathArguments& a) {
               return admin_act(a.at(0), a.at(1), r);
           });
    answer(Method::get, "/simulator/calls",
           [this](const Request&, const PathArguments&) { return admin_calls(); });
}

http::Response Daraja::admin_choose(const http::Request& request) {
    const auto body = json::parse(request.body);
    if (!body || body->object() == nullptr) return admin_refuse("send a JSON object");
    const auto* const scenario = scenario_named(field(*body, "scenario"));
    if (scenario == nullptr) return admin_refuse("there is no such scenario: GET lists them");
    const auto* const next = body->find("next");
    if (const auto phone = field(*body, "phone"); !phone.empty()) {
        chosen_.by_phone[std::string{phone}] = scenario;
    } else if (const auto amount = amount_minor(field(*body, "amount"))) {
        chosen_.by_shillings[*amount / 100] = scenario;
    } else if (next != nullptr && next->boolean() != nullptr && *next->boolean()) {
        chosen_.next = scenario;
    } else {
        return admin_refuse("say for which phone or amount, or \"next\":true");
    }
    return admin_ok();
}

http::Response Daraja::admin_ledger() const {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("shortcodes").begin_array();
    for (const auto& [shortcode, working] : ledger_.working()) {
        writer.begin_object()
            .member("shortcode", shortcode)
            .member("working_minor", working.balance_minor)
            .member("payments", working.payments)
            .end_object();
    }
    writer.end_array()
        .member("payments", static_cast<std::int64_t>(ledger_.payments().size()))
        .member("wallets_total_minor", ledger_.wallets_total())
        .key("balanced")
        .boolean(ledger_.balanced())
        .end_object();
    return response;
}

http::Response Daraja::admin_payments(const http::Request& request) const {
    const auto query = http::Query::parse(request.query);
    const auto& all = ledger_.payments();
    const auto count = static_cast<std::int64_t>(all.size());
    const auto after = std::clamp<std::int64_t>(query_integer(query, "after", 0), 0, count);
    const auto limit = std::clamp<std::int64_t>(query_integer(query, "limit", 1000), 1, 10'000);
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("payments").begin_array();
    for (auto i = after; i < std::min(after + limit, count); ++i) {
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
    return response;
}

http::Response Daraja::admin_calls() const {
    http::Response response;
    json::Writer writer{response.body};
    writer.begin_object().key("calls").begin_array();
    for (const auto& call : calls_) {
        writer.begin_object()
            .member("at", to_micros(call.at))
            .member("method", method_name(call.method))
            .member("path", call.path)
            .key("body");
        // Bytes of a caller: JSON's texts take UTF-8 only.
        if (const auto parsed = json::parse(call.body))
            writer.raw(call.body);
        else
            writer.null();
        writer.end_object();
    }
    writer.end_array().end_object();
    return response;
}

}  // namespace lango::simulator

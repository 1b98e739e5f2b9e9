#include <algorithm>

#include "api/caller.hpp"
#include "api/endpoints.hpp"
#include "api/text.hpp"
#include "base/json_writer.hpp"

namespace lango::api {

namespace {

// currency_code as a list, in the JSON body or as currency_code[]= or currency_code= in the query.
std::optional<std::vector<std::string>> currencies(const http::Query& query,
                                                   const json::Value* body) {
    const auto* value = body == nullptr ? nullptr : body->find("currency_code");
    std::vector<std::string> codes;
    if (value != nullptr && value->string() != nullptr) return std::vector{*value->string()};
    if (value != nullptr && value->array() != nullptr) {
        for (const auto& code : *value->array()) {
            if (code.string() == nullptr) return std::nullopt;
            codes.push_back(*code.string());
        }
        return codes;
    }
    if (value != nullptr && !value->is_null()) return std::nullopt;
    for (const auto& [name, code] : query.fields()) {
        if (name == "currency_code" || name.starts_with("currency_code[")) codes.push_back(code);
    }
    return codes;
}

FieldErrors check(const std::optional<std::vector<std::string>>& codes, std::string_view label) {
    FieldErrors errors;
    if (!codes) {
        errors.emplace_back("currency_code", "The currency code must be an array.");
    } else if (codes->empty()) {
        errors.emplace_back("currency_code", "The currency code field is required.");
    } else if (!std::ranges::all_of(*codes, [](const auto& code) { return code.size() == 3; })) {
        errors.emplace_back("currency_code", "The currency code must be 3 characters.");
    }
    if (label.empty()) {
        errors.emplace_back("label", "The label field is required.");
    } else if (characters(label) > text_max) {
        errors.emplace_back("label", "The label must not be greater than 190 characters.");
    }
    return errors;
}

}  // namespace

asio::awaitable<http::Response> payment_systems(const Context& context,
                                                const http::Request& request) {
    json::Value body;
    if (!request.body.empty()) {
        auto read = read_object(request);
        if (!read) co_return read.error();
        body = std::move(*read);
    }
    if (caller(context, request, &body) == nullptr) co_return not_found();
    const auto query = http::Query::parse(request.query);
    const auto codes = currencies(query, &body);
    auto label = body.text_at("label");
    if (label.empty()) label = query.find("label").value_or("");
    if (const auto errors = check(codes, label); !errors.empty()) co_return fail(errors);

    const bool kes = std::ranges::find(*codes, Currency::kes().code()) != codes->end();
    std::string out;
    json::Writer writer{out};
    writer.begin_object().member("status", "ok").key("params").begin_object();
    writer.key("currency_data").begin_array();
    if (kes) writer.begin_object().member("code", "KES").member("symbol", "KSh").end_object();
    writer.end_array().key("wallets").begin_array();
    if (kes) {
        writer.begin_object()
            .member("type", "mpesa")
            .member("currency_code", "KES")
            .member("order", 1)
            .member("logo", context.public_url + "/storage/payment_system/logos/mpesa.png")
            .member("name", "M-PESA")
            .key("is_manual")
            .boolean(false)
            .key("uploading_payment_bill")
            .boolean(false)
            .end_object();
    }
    writer.end_array().end_object().end_object();
    co_return ok(std::move(out));
}

}  // namespace lango::api

#include "simulator/fields.hpp"

#include <algorithm>
#include <array>

#include "base/decimal.hpp"
#include "base/msisdn.hpp"

namespace lango::simulator {

namespace {

constexpr std::int64_t shillings_max = 1'000'000'000;

bool is_transaction_type(std::string_view text) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text == "CustomerPayBillOnline" || text == "CustomerBuyGoodsOnline";
}

// What push and query begin with.
std::string_view invalid_credential_field(const json::Value& body) {
    if (!is_digits(field(body, "BusinessShortCode"), 5, 7)) return "BusinessShortCode";
    if (field(body, "Password").empty()) return "Password";
    if (!is_digits(field(body, "Timestamp"), 14, 14)) return "Timestamp";
    return {};
}

}  // namespace

bool is_digits(std::string_view text, std::size_t least, std::size_t most) {
    return text.size() >= least && text.size() <= most &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_callback_url(std::string_view url) {
    const auto lower = http::lowercase(url);
    return lower.starts_with("http://") || lower.starts_with("https://");
}

bool has_forbidden_word(std::string_view url) {
    static constexpr std::array<std::string_view, 7> forbidden{
        "m-pesa", "mpesa", "safaricom", "exe", "cmd", "sql", "query"};
    const auto lower = http::lowercase(url);
    return std::ranges::any_of(
        forbidden, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string_view field(const json::Value& body, std::string_view name) {
    const auto* const value = body.find(name);
    const auto* const text = value == nullptr ? nullptr : value->scalar_text();
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

std::optional<std::int64_t> amount_minor(std::string_view text) {
    const auto amount = Decimal::parse(text);
    if (!amount || amount->scale() != 0) return std::nullopt;
    if (amount->units() < 0 || amount->units() > shillings_max) return std::nullopt;
    return amount->units() * 100;
}

std::string_view invalid_push_field(const json::Value& body) {
    if (const auto wrong = invalid_credential_field(body); !wrong.empty()) return wrong;
    if (!is_transaction_type(field(body, "TransactionType"))) return "TransactionType";
    if (!amount_minor(field(body, "Amount"))) return "Amount";
    if (!Msisdn::parse(field(body, "PartyA"))) return "PartyA";
    if (!is_digits(field(body, "PartyB"), 5, 7)) return "PartyB";
    if (!Msisdn::parse(field(body, "PhoneNumber"))) return "PhoneNumber";
    if (!is_callback_url(field(body, "CallBackURL"))) return "CallBackURL";
    if (field(body, "AccountReference").empty()) return "AccountReference";
    // The real one's name for a description that is missing.
    if (field(body, "TransactionDesc").empty()) return "Remarks";
    return {};
}

std::string_view invalid_query_field(const json::Value& body) {
    if (const auto wrong = invalid_credential_field(body); !wrong.empty()) return wrong;
    if (field(body, "CheckoutRequestID").empty()) return "CheckoutRequestID";
    return {};
}

bool says_json(const http::Request& request) {
    return http::lowercase(request.headers.find("Content-Type").value_or(""))
        .starts_with("application/json");
}

}  // namespace lango::simulator

#include "simulator/c2b_fields.hpp"

#include <algorithm>
#include <array>

#include "base/msisdn.hpp"
#include "simulator/fields.hpp"

namespace lango::simulator {

namespace {

// Addresses that anybody can have for a moment (daraja.md 4.1).
bool is_lent(std::string_view url) {
    static constexpr std::array<std::string_view, 3> lenders{"ngrok", "mockbin", "requestbin"};
    const auto lower = http::lowercase(url);
    return std::ranges::any_of(
        lenders, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool may_be_registered(std::string_view url) {
    return is_callback_url(url) && !has_forbidden_word(url) && !is_lent(url);
}

}  // namespace

std::string_view invalid_registration_field(const json::Value& body) {
    if (!is_digits(field(body, "ShortCode"), 5, 7)) return "ShortCode";
    const auto type = field(body, "ResponseType");
    if (type != "Completed" && type != "Cancelled") return "ResponseType";
    if (!may_be_registered(field(body, "ConfirmationURL"))) return "ConfirmationURL";
    const auto validation = field(body, "ValidationURL");
    if (!validation.empty() && !may_be_registered(validation)) return "ValidationURL";
    return {};
}

std::string_view invalid_simulation_field(const json::Value& body) {
    if (!is_digits(field(body, "ShortCode"), 5, 7)) return "ShortCode";
    const auto command = field(body, "CommandID");
    if (command != "CustomerPayBillOnline" && command != "CustomerBuyGoodsOnline") {
        return "CommandID";
    }
    if (!amount_minor(field(body, "Amount"))) return "Amount";
    if (!Msisdn::parse(field(body, "Msisdn"))) return "Msisdn";
    if (field(body, "BillRefNumber").size() > reference_max) return "BillRefNumber";
    return {};
}

}  // namespace lango::simulator

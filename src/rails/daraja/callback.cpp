#include "rails/daraja/callback.hpp"

#include "base/json_repair.hpp"
#include "rails/daraja/amount.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::rails::daraja {

namespace {

// Items come in any order; "Balance" has often no Value at all. What decides money and stands there
// twice, or was repaired, is not there: a success without it is a claim.
void read_metadata(const json::Value& callback, Observation& seen) {
    const auto* metadata = callback.find("CallbackMetadata");
    const auto* items = metadata == nullptr ? nullptr : metadata->find("Item");
    if (items == nullptr || items->array() == nullptr ||
        json::stands_twice(callback, {"CallbackMetadata"}) ||
        json::stands_twice(*metadata, {"Item"})) {
        return;
    }
    std::optional<std::string> receipt;
    std::optional<std::string> amount;
    for (const auto& item : *items->array()) {
        if (json::is_unsound(item, {"Name"})) return;
        const auto name = json::sound_text(item, "Name");
        const bool is_receipt = name == "MpesaReceiptNumber";
        if ((is_receipt && receipt) || (name == "Amount" && amount)) return;
        if (is_receipt) receipt = json::sound_text(item, "Value").value_or("");
        if (name == "Amount") amount = json::sound_text(item, "Value").value_or("");
    }
    if (receipt && !receipt->empty()) seen.receipt = *std::move(receipt);
    if (amount) seen.amount = read_moved(*amount);
}

}  // namespace

std::optional<Observation> read_stk_callback(std::string_view body) {
    const auto parsed = json::parse_leniently(body);
    if (!parsed || json::stands_twice(*parsed, {"Body"})) return std::nullopt;
    const auto* outer = parsed->find("Body");
    const auto* callback = outer == nullptr ? nullptr : outer->find("stkCallback");
    if (callback == nullptr || callback->object() == nullptr ||
        json::stands_twice(*outer, {"stkCallback"}) ||
        json::is_unsound(*callback, {"CheckoutRequestID", "MerchantRequestID"})) {
        return std::nullopt;
    }
    auto code = json::sound_text(*callback, "ResultCode");
    if (!code) return std::nullopt;

    Observation seen;
    seen.source = Source::callback;
    seen.code = *std::move(code);
    seen.description = callback->text_at("ResultDesc");
    seen.checkout_request_id = callback->text_at("CheckoutRequestID");
    seen.merchant_request_id = callback->text_at("MerchantRequestID");
    const auto is = classify_result(seen.code);
    seen.fate = is.fate;
    seen.may_turn = is.may_turn;
    seen.alert = is.alert;
    if (seen.fate == Fate::paid) read_metadata(*callback, seen);
    seen.raw = std::string{body};
    return seen;
}

}  // namespace lango::rails::daraja

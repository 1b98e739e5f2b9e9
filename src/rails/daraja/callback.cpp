#include "rails/daraja/callback.hpp"

#include "base/json.hpp"
#include "rails/daraja/codes.hpp"

namespace lango::rails::daraja {

namespace {

// Items come in any order; "Balance" has often no Value at all.
void read_metadata(const json::Value& callback, Observation& seen) {
    const auto* metadata = callback.find("CallbackMetadata");
    const auto* items = metadata == nullptr ? nullptr : metadata->find("Item");
    if (items == nullptr || items->array() == nullptr) return;
    for (const auto& item : *items->array()) {
        const auto item_name = item.text_at("Name");
        const auto value = item.text_at("Value");
        if (item_name == "MpesaReceiptNumber" && !value.empty()) seen.receipt = value;
        if (item_name == "Amount") {
            const auto number = Decimal::parse(value);
            if (number) seen.amount = Money::from_decimal(*number, Currency::kes());
        }
    }
}

}  // namespace

std::optional<Observation> read_stk_callback(std::string_view body) {
    const auto parsed = json::parse(body);
    if (!parsed) return std::nullopt;
    const auto* outer = parsed->find("Body");
    const auto* callback = outer == nullptr ? nullptr : outer->find("stkCallback");
    if (callback == nullptr || callback->object() == nullptr) return std::nullopt;
    const auto* code = callback->find("ResultCode");
    if (code == nullptr || code->scalar_text() == nullptr) return std::nullopt;

    Observation seen;
    seen.source = Source::callback;
    seen.code = *code->scalar_text();
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

#include "api/deposit_fields.hpp"

#include "api/text.hpp"
#include "base/trim.hpp"

namespace lango::api {

namespace {

class Reader {
  public:
    Reader(const json::Value& body, FieldErrors& errors) : body_(body), errors_(errors) {}

    // A string that is there; nothing after an error was noted.
    const std::string* text(std::string_view field, std::string_view title) {
        const auto* value = body_.find(field);
        if (is_missing(value)) {
            refuse(field, "The " + std::string{title} + " field is required.");
            return nullptr;
        }
        if (value->string() == nullptr) {
            refuse(field, "The " + std::string{title} + " must be a string.");
            return nullptr;
        }
        return value->string();
    }

    std::string limited_text(std::string_view field, std::string_view title) {
        const auto* found = text(field, title);
        if (found == nullptr) return {};
        const auto kept = trimmed(*found);
        if (characters(kept) > text_max) {
            refuse(field, "The " + std::string{title} + " must not be greater than " +
                              std::to_string(text_max) + " characters.");
        }
        return std::string{kept};
    }

    std::optional<Money> amount(const merchants::Merchant& merchant) {
        const auto* value = body_.find("amount");
        if (is_missing(value)) return refuse("amount", "The amount field is required.");
        const auto [is_number, number] = sent_amount(*value);
        if (!is_number) return refuse("amount", "The amount must be a number.");
        const auto money = number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
        if (!money || !money->is_whole()) {
            return refuse("amount",
                          "The amount must be a whole number of shillings: M-PESA moves no cents.");
        }
        if (*money < merchant.deposit_min) {
            return refuse("amount",
                          "The amount must be at least " + merchant.deposit_min.text() + ".");
        }
        if (*money > merchant.deposit_max) {
            return refuse("amount", "The amount must not be greater than " +
                                        merchant.deposit_max.text() + ".");
        }
        return money;
    }

    std::optional<Msisdn> phone() {
        const auto* found = text("phone_number", "phone number");
        if (found == nullptr) return std::nullopt;
        const auto phone = Msisdn::parse(*found);
        if (!phone) refuse("phone_number", "The phone number format is invalid.");
        return phone;
    }

    void currency() {
        const auto* found = text("currency", "currency");
        if (found != nullptr && *found != Currency::kes().code()) {
            refuse("currency", "The selected currency is invalid.");
        }
    }

  private:
    std::nullopt_t refuse(std::string_view field, std::string message) {
        errors_.emplace_back(field, std::move(message));
        return std::nullopt;
    }

    const json::Value& body_;
    FieldErrors& errors_;
};

}  // namespace

Result<deposits::NewDeposit, FieldErrors> read_deposit(const json::Value& body,
                                                       const merchants::Merchant& merchant) {
    FieldErrors errors;
    Reader reader{body, errors};
    const auto amount = reader.amount(merchant);
    const auto phone = reader.phone();
    reader.currency();
    auto label = reader.limited_text("label", "label");
    auto custom_transaction_id =
        reader.limited_text("custom_transaction_id", "custom transaction id");
    if (!errors.empty()) return Unexpected<FieldErrors>{std::move(errors)};
    return deposits::NewDeposit{.id = DepositId{0},
                                .merchant = merchant.id,
                                .custom_transaction_id = std::move(custom_transaction_id),
                                .label = std::move(label),
                                .phone = *phone,
                                .amount = *amount,
                                .fee = merchant.fee(*amount)};
}

}  // namespace lango::api

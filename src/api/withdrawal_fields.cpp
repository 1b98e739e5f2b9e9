#include "api/withdrawal_fields.hpp"

#include "api/request_signature.hpp"
#include "api/text.hpp"
#include "base/trim.hpp"

namespace lango::api {

namespace {

constexpr std::size_t id_max = 36;        // characters (merchant-api 5.1)
constexpr std::size_t comment_max = 255;  // ours

class Reader {
  public:
    Reader(const json::Value& body, FieldErrors& errors) : body_(body), errors_(errors) {}

    // "" when it may be missing, and is.
    std::string text(std::string_view field, std::string_view title, std::size_t length_max) {
        const auto* value = body_.find(field);
        if (is_missing(value)) return {};
        if (value->string() == nullptr) {
            refuse(field, "The " + std::string{title} + " must be a string.");
            return {};
        }
        if (characters(*value->string()) > length_max) {
            refuse_length(field, title, length_max);
        }
        return *value->string();
    }

    // An id or a label, trimmed; likewise.
    std::string name(std::string_view field, std::string_view title, std::size_t length_max) {
        const auto* value = body_.find(field);
        if (is_missing(value)) return {};
        if (value->string() == nullptr) return text(field, title, length_max);
        const auto kept = trimmed(*value->string());
        if (characters(kept) > length_max) refuse_length(field, title, length_max);
        return std::string{kept};
    }

    std::string required_name(std::string_view field, std::string_view title,
                              std::size_t length_max) {
        if (!is_there(field, title)) return {};
        return name(field, title, length_max);
    }

    void one_of(std::string_view field, std::string_view title, std::string_view only) {
        if (!is_there(field, title)) return;
        const auto* value = body_.find(field)->string();
        if (value == nullptr) {
            refuse(field, "The " + std::string{title} + " must be a string.");
        } else if (*value != only) {
            refuse(field, "The selected " + std::string{title} + " is invalid.");
        }
    }

    std::optional<Money> amount(const merchants::Merchant& merchant) {
        if (!is_there("amount", "amount")) return std::nullopt;
        const auto [is_number, number] = sent_amount(*body_.find("amount"));
        if (!is_number) return refuse("amount", "The amount must be an integer.");
        const auto money = number ? Money::from_decimal(*number, Currency::kes()) : std::nullopt;
        if (!money || !money->is_whole()) {
            return refuse("amount",
                          "The amount must be a whole number of shillings: M-PESA moves no cents.");
        }
        if (*money < merchant.withdrawal_min) {
            return refuse("amount",
                          "The amount must be at least " + merchant.withdrawal_min.text() + ".");
        }
        if (*money > merchant.withdrawal_max) {
            return refuse("amount", "The amount must not be greater than " +
                                        merchant.withdrawal_max.text() + ".");
        }
        return money;
    }

    // true, false, 1, 0, "1" and "0", as Laravel's rule takes them.
    bool is_test() {
        if (!is_there("is_test", "is test")) return false;
        const auto* value = body_.find("is_test");
        if (value->boolean() != nullptr) return *value->boolean();
        const auto* text = value->scalar_text();
        if (text == nullptr || (*text != "0" && *text != "1")) {
            refuse("is_test", "The is test field must be true or false.");
            return false;
        }
        return *text == "1";
    }

    std::optional<Msisdn> account_number() {
        if (!is_there("account_number", "account number")) return std::nullopt;
        const auto* text = body_.find("account_number")->string();
        if (text == nullptr) {
            return refuse("account_number", "The account number must be a string.");
        }
        const auto phone = Msisdn::parse(*text);
        if (!phone) refuse("account_number", "The account number format is invalid.");
        return phone;
    }

  private:
    bool is_there(std::string_view field, std::string_view title) {
        if (!is_missing(body_.find(field))) return true;
        refuse(field, "The " + std::string{title} + " field is required.");
        return false;
    }
    void refuse_length(std::string_view field, std::string_view title, std::size_t length_max) {
        refuse(field, "The " + std::string{title} + " must not be greater than " +
                          std::to_string(length_max) + " characters.");
    }
    std::nullopt_t refuse(std::string_view field, std::string message) {
        errors_.emplace_back(field, std::move(message));
        return std::nullopt;
    }

    const json::Value& body_;
    FieldErrors& errors_;
};

}  // namespace

Result<withdrawals::Wanted, FieldErrors> read_withdrawal(const json::Value& body,
                                                         const merchants::Merchant& merchant) {
    FieldErrors errors;
    Reader reader{body, errors};
    auto withdrawal_id = merchant.needs_withdrawal_id
                             ? reader.required_name("withdrawal_id", "withdrawal id", id_max)
                             : reader.name("withdrawal_id", "withdrawal id", id_max);
    reader.one_of("payment_system", "payment system", "mpesa");
    const auto amount = reader.amount(merchant);
    reader.one_of("currency_code", "currency code", Currency::kes().code());
    const bool is_test = reader.is_test();
    auto label = reader.required_name("label", "label", label_max);
    const auto phone = reader.account_number();
    auto comment = reader.text("comment", "comment", comment_max);
    if (!errors.empty()) return Unexpected<FieldErrors>{std::move(errors)};
    // People's are not signed.
    std::optional<withdrawals::SignedAs> signed_so;
    if (!body.text_at("signature").empty()) {
        signed_so = signed_as(body, merchant.id, !withdrawal_id.empty());
    }
    return withdrawals::Wanted{.id = WithdrawalId{0},
                               .withdrawal_id = std::move(withdrawal_id),
                               .label = std::move(label),
                               .phone = *phone,
                               .amount = *amount,
                               .comment = std::move(comment),
                               .kind = is_test ? withdrawals::Kind::test : withdrawals::Kind::api,
                               .created_by = {},
                               .signed_as = signed_so};
}

}  // namespace lango::api

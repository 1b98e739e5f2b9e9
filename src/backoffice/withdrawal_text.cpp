#include "backoffice/withdrawal_text.hpp"

#include <algorithm>

#include "base/typed.hpp"

namespace lango::backoffice {

namespace {

// What is no number stays a text, and is refused as one.
json::Value amount_of(const Result<Money, typed::NoAmount>& amount, const std::string& text) {
    if (amount) return json::Value{json::Number{amount->text()}};
    return json::Value{text};
}

json::Value filled(const json::Value& fields, const Result<Money, typed::NoAmount>& amount) {
    json::Object full;
    for (const auto* name : {"withdrawal_id", "label", "comment"}) {
        full.emplace_back(name, json::Value{fields.text_at(name)});
    }
    auto phone = fields.text_at("account_number");
    if (const auto read = typed::phone(phone)) phone = read->raw();
    full.emplace_back("account_number", json::Value{std::move(phone)});
    full.emplace_back("amount", amount_of(amount, fields.text_at("amount")));
    full.emplace_back("payment_system", json::Value{std::string{"mpesa"}});
    full.emplace_back("currency_code", json::Value{std::string{Currency::kes().code()}});
    full.emplace_back("is_test", json::Value{false});
    return json::Value{std::move(full)};
}

}  // namespace

std::string line_of(const api::FieldErrors& errors) {
    std::string line;
    for (const auto& [field, text] : errors) {
        line += (line.empty() ? "" : " ") + std::string{field} + ": " + text;
    }
    return line;
}

Result<withdrawals::Wanted, std::string> manual_withdrawal(const json::Value& fields,
                                                           const merchants::Merchant& merchant,
                                                           const std::string& created_by) {
    const auto amount = typed::amount(fields.text_at("amount"));
    auto wanted = api::read_withdrawal(filled(fields, amount), merchant);
    if (!wanted && !amount && amount.error() == typed::NoAmount::unclear) {
        const auto told =
            std::ranges::find(wanted.error(), "amount", &api::FieldErrors::value_type::first);
        told->second = typed::unclear_amount;
    }
    if (!wanted) return Unexpected<std::string>{line_of(wanted.error())};
    wanted->kind = withdrawals::Kind::manual;
    wanted->created_by = created_by;
    return std::move(*wanted);
}

http::asio::awaitable<std::optional<merchants::Merchant>> merchant_of(SharedParts parts,
                                                                      std::string slug) {
    const auto all = co_await parts->store.read(
        [parts](store::Reader& reader) { return merchants::list(reader, parts->master); });
    const auto found = std::ranges::find(all, slug, &merchants::Merchant::slug);
    if (found == all.end()) co_return std::nullopt;
    co_return *found;
}

std::optional<MerchantId> merchant_named(store::Reader& reader, std::string_view slug) {
    return reader.first(
        "SELECT id FROM merchants WHERE slug = ?1",
        [](const store::Row& row) { return MerchantId{row.integer(0)}; }, slug);
}

std::map<MerchantId, std::string> merchant_slugs(store::Reader& reader) {
    std::map<MerchantId, std::string> all;
    reader.each("SELECT id, slug FROM merchants", [&](const store::Row& row) {
        all.emplace(MerchantId{row.integer(0)}, row.string(1));
    });
    return all;
}

}  // namespace lango::backoffice

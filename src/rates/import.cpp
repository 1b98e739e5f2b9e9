#include <algorithm>

#include "base/json.hpp"
#include "rates/rates.hpp"

namespace lango::rates {

namespace {

Unexpected<ImportError> refuse(std::string message) {
    return Unexpected<ImportError>{ImportError{std::move(message)}};
}

const json::Value* rates_of(const json::Value& document) {
    for (const auto* name : {"rates", "conversion_rates"}) {
        const auto* rates = document.find(name);
        if (rates != nullptr && rates->object() != nullptr) return rates;
    }
    return &document;
}

Instant time_of(const json::Value& document, Instant now) {
    for (const auto* name : {"timestamp", "time_last_update_unix"}) {
        const auto seconds = Decimal::parse(document.text_at(name));
        if (seconds && seconds->scale() == 0) return Instant{std::chrono::seconds{seconds->units()}};
    }
    return now;
}

}  // namespace

Result<Table, ImportError> parse_table(std::string_view text, std::string source, Instant now) {
    const auto document = json::parse(text);
    if (!document || document->object() == nullptr) {
        return refuse("the rates are no JSON object; expected {\"base\":\"USD\",\"rates\":{...}}");
    }
    for (const auto* name : {"base", "base_code"}) {
        const auto base = document->text_at(name);
        if (!base.empty() && base != "USD") {
            return refuse("the base is " + base + "; rates must be for one US dollar");
        }
    }
    Table table;
    table.source = std::move(source);
    table.as_of = time_of(*document, now);
    table.imported_at = now;
    const auto* rates = rates_of(*document);
    for (std::size_t i = 0; i < codes().size(); ++i) {
        const auto code = codes().at(i);
        const auto* value = rates->find(code);
        if (value == nullptr) continue;
        const auto* number = value->scalar_text();
        auto rate = number == nullptr ? std::nullopt : Decimal::parse(*number);
        if (!rate || rate->units() < 0) {
            return refuse("the rate of " + std::string{code} + " is no number that can be kept");
        }
        table.per_usd.at(i) = *rate;
    }
    if (table.per_usd.front().is_zero()) table.per_usd.front() = Decimal{1, 0};
    if (!(table.per_usd.front() == Decimal{1, 0})) return refuse("the rate of USD is not 1");
    const auto kes = std::ranges::find(codes(), "KES") - codes().begin();
    if (table.per_usd.at(static_cast<std::size_t>(kes)).is_zero()) {
        return refuse("there is no rate for KES, from which everything is converted");
    }
    return table;
}

}  // namespace lango::rates

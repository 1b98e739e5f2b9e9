// Exchange rates: one US dollar in each of the page's 184 codes, and exact conversion
// (decisions, Money).
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace lango::rates {

// The 184 codes in the order of the page's sample.
[[nodiscard]] const std::array<std::string_view, 184>& codes();

struct Table {
    std::int64_t id = 0;  // 0: not stored yet
    std::string source;   // "page sample of 2023-09-26", a file's name, a URL
    Instant as_of{};
    Instant imported_at{};
    std::array<Decimal, 184> per_usd;  // zero: unknown
};

// {"USD":20.34,...} : every code in order. Half up to 2 decimals (fiat, metals), 8 (crypto), 0
// (INR); unknown rate 0; the payment's own currency exact; shortest form without exponent.
// Appends to out. Deterministic: the same table and amount give the same bytes for ever. amount >=
// 0. Never fails: a result that is too large for 63 bits (an absurd rate) is printed 0 as well.
void append_converted(std::string& out, const Table& table, Money amount);

// Derived from the page's deposit sample: 3000 KES gives that sample character for character.
[[nodiscard]] const Table& page_sample();

// Accepts {"base":"USD","rates":{CODE:number,...}} and the usual services' variants ("base_code",
// "conversion_rates", "timestamp"/"time_last_update_unix"), or a flat {CODE:number}. Unknown codes
// are ignored, missing ones become 0; USD must be 1 when present; KES must be there and positive.
// A rate keeps 15 digits and 18 decimals, rounded half up: services print doubles.
struct ImportError {
    std::string message;
};
[[nodiscard]] Result<Table, ImportError> parse_table(std::string_view json, std::string source,
                                                     Instant now);

[[nodiscard]] std::int64_t save(store::Tx& tx, const Table& table);  // returns the id
[[nodiscard]] std::optional<Table> load(store::Reader& reader, std::int64_t id);
[[nodiscard]] std::optional<Table> latest(store::Reader& reader);

}  // namespace lango::rates

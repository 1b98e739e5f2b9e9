// What the validation of the merchants' fields shares.
#pragma once
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/decimal.hpp"
#include "base/json.hpp"

namespace lango::api {

// Characters of UTF-8, as Laravel's max counts them.
[[nodiscard]] inline std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Of a deposit's label and custom_transaction_id: the page's Max Length.
inline constexpr std::size_t text_max = 190;
// Of a withdrawal's (merchant-api 5.1).
inline constexpr std::size_t label_max = 36;

// Missing, null, or nothing but what Laravel's TrimStrings takes off, which its
// ConvertEmptyStringsToNull then makes nothing of.
[[nodiscard]] bool is_missing(const json::Value* value);

// "1000", "1000.00": ASCII digits and no sign, at most 12 before and 2 after the point, no zero in
// front but of "0.x" (decisions, Answers). Nothing for every other text.
[[nodiscard]] std::optional<Decimal> text_amount(std::string_view text);

// Whether the value can be an amount at all: a number, or such a text.
struct SentAmount {
    bool is_number = false;
    std::optional<Decimal> number;  // nothing where it does not fit Decimal
};
[[nodiscard]] SentAmount sent_amount(const json::Value& value);

}  // namespace lango::api

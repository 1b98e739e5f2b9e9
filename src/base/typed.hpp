// What people type or paste, read one way everywhere: in the window, in sheets, on the command
// line, as account number of a paybill payment. Phones' contact lists, chats and spreadsheets put
// marks around numbers that nobody sees; people put blanks, dashes, dots and brackets into them.
// Requests of machines are not read here: the API takes its own forms only.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace lango::typed {

// A receipt, a reference, a code, an id: in capitals, without blanks of every kind, invisible
// marks, dashes of every kind and dots. What else stands in it stays.
[[nodiscard]] std::string code(std::string_view text);

// A name, such as a column's: in small letters, without blanks of every kind and invisible marks.
[[nodiscard]] std::string name(std::string_view text);

// An order's or a withdrawal's id: 16 hex digits, whatever stands between them.
[[nodiscard]] std::optional<std::int64_t> id(std::string_view text);

// 07.., 01.., 7.., 1.., 254.., +254.., 00254.., each also with the 0 that stands between 254 and
// the number; brackets are left out, too. Nothing for every other text.
[[nodiscard]] std::optional<Msisdn> phone(std::string_view text);

// Why a text is no amount.
enum class NoAmount {
    not_a_number,
    unclear,  // can be read in two ways: 10,50 or 10.000
};
inline constexpr const char* unclear_amount =
    "The amount can be read in two ways. Write it in digits only, such as 1050.";

// KES, with cents or without: "1000", "1000.00", "1,000", "1 000", "KES 1,000.00", "1,000/=". Group
// marks (comma, blanks of every kind, apostrophe) count only between groups of exactly three
// digits, all the same mark; a dot only before one or two digits at the end.
[[nodiscard]] Result<Money, NoAmount> amount(std::string_view text);

// A point in time: "2026-11-29" (its midnight in the zone), "2026-11-29 14:05" there, likewise with
// seconds, "2026-11-29T14:05:00Z", or so long ago: "90m", "24h", "7d". Nothing for every other
// text.
[[nodiscard]] std::optional<Instant> instant(std::string_view text, Instant now,
                                             const std::string& zone);

}  // namespace lango::typed

// How values are shown: one function for each kind of column.
#pragma once
#include "backoffice/lists/noun.hpp"

namespace lango::backoffice::lists {

// A damaged row's may be none, and hides no other row.
[[nodiscard]] bool is_time(Instant at);

void write_text(const Cell& cell);        // "" for NULL
void write_number(const Cell& cell);      // likewise
void write_id(const Cell& cell);          // 16 hex digits
void write_message_id(const Cell& cell);  // "msg_" and 16 hex digits
void write_amount(const Cell& cell);      // "1000.50", of minor units of KES
void write_phone(const Cell& cell);       // masked
void write_time(const Cell& cell);        // UTC, RFC 3339
void write_local(const Cell& cell);       // as clocks show it where the row's merchant is
void write_slug(const Cell& cell);
void write_raw(const Cell& cell);  // is JSON; null where it is damaged
template <std::int64_t bit>
void write_flag(const Cell& cell) {
    cell.writer.boolean((cell.row.integer(cell.at) & bit) != 0);
}
// "?" for a number that is no enumerator of this.
template <auto last>
void write_name(const Cell& cell) {
    const auto number = cell.row.integer(cell.at);
    const bool is_one = number >= 1 && number <= static_cast<std::int64_t>(last);
    cell.writer.string(is_one ? name(static_cast<decltype(last)>(number)) : "?");
}

}  // namespace lango::backoffice::lists

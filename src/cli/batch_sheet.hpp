// A sheet of withdrawals as the command that sends it sees it: where its columns stand, what it
// pays out in all, and what a person should look at before it does.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "sheets/sheet.hpp"

namespace lango::cli {

// Where each named column stands. Names in any case, without blanks and marks that nobody sees.
using Columns = std::map<std::string, std::size_t, std::less<>>;

// From the sheet's first row. Throws UsageError when it lacks one that is required or names one
// twice, when two rows have one withdrawal_id, and where a spreadsheet program may show another
// column's name, id, recipient or amount than the one that is read.
[[nodiscard]] Columns columns_of(const sheets::Sheet& sheet);

// What a field of a row says, as it stands there; "" where there is none.
[[nodiscard]] std::string field_of(const sheets::Row& row, const Columns& columns,
                                   std::string_view field);

struct BatchLine {
    std::size_t row = 0;    // as the spreadsheet shows it
    std::string recipient;  // 254..., or as it stands there
    Money amount;
};
// Those rows whose amount can be read.
[[nodiscard]] std::vector<BatchLine> lines_of(const sheets::Sheet& sheet, const Columns& columns);

[[nodiscard]] Money sum_of(const std::vector<BatchLine>& lines);
// The largest amounts first, at most so many.
[[nodiscard]] std::vector<BatchLine> largest(std::vector<BatchLine> lines, std::size_t at_most);
// One recipient with one amount more than once: such rows together, the first one's order.
[[nodiscard]] std::vector<std::vector<BatchLine>> repeated(const std::vector<BatchLine>& lines);

// What a person typed as a sum in KES; nothing when it is none.
[[nodiscard]] std::optional<Money> typed_sum(std::string_view text);

}  // namespace lango::cli

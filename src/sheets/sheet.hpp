// Tables that people make: a CSV or XLSX file as rows of texts. Reads what is there and nothing
// more: no formula is calculated (its stored value counts), no link followed, no date understood.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace lango::sheets {

struct Row {
    std::size_t number = 0;  // as the program shows it, from 1
    std::vector<std::string> cells;

    // "" beyond the last one.
    [[nodiscard]] std::string_view at(std::size_t column) const {
        return column < cells.size() ? std::string_view{cells[column]} : std::string_view{};
    }
};
// Rows without any text are left out.
using Sheet = std::vector<Row>;

inline constexpr std::size_t bytes_max = 32UL * 1024 * 1024;  // of a file, and of a part unpacked
inline constexpr std::size_t rows_max = 50'000;
inline constexpr std::size_t columns_max = 64;

// By its first bytes: a ZIP archive is XLSX. The error is for people.
[[nodiscard]] Result<Sheet, std::string> read(std::string_view file);

// Comma, semicolon or tab, whichever the first line has; quotes as in RFC 4180; UTF-8.
[[nodiscard]] Result<Sheet, std::string> read_csv(std::string_view text);
// The first sheet of the workbook. Whole numbers lose their exponent: 2.54712345678E11.
[[nodiscard]] Result<Sheet, std::string> read_xlsx(std::string_view archive);

}  // namespace lango::sheets

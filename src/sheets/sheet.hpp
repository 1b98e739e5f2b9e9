// Tables that people make: a CSV or XLSX file as rows of texts. Reads what is there and nothing
// more: no formula is calculated (its stored value counts), no link followed, no date understood.
// Where a spreadsheet program may show something else than the text that is read, the row says so.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace lango::sheets {

// What a spreadsheet program may show in the place of a cell's text.
enum class Shows : std::uint8_t {
    the_text,
    same_number,   // with group marks, more zeros or a currency
    other_text,    // by its number format, or by one that depends on conditions
    other_result,  // of a formula, which it calculates anew
    nothing,       // other cells are merged over it
};

struct Row {
    std::size_t number = 0;  // as the program shows it, from 1
    std::vector<std::string> cells;
    std::vector<Shows> shown;  // by column; the text itself beyond the last one

    // "" beyond the last one.
    [[nodiscard]] std::string_view at(std::size_t column) const {
        return column < cells.size() ? std::string_view{cells[column]} : std::string_view{};
    }
    [[nodiscard]] Shows shows(std::size_t column) const {
        return column < shown.size() ? shown[column] : Shows::the_text;
    }
    // The worst of what is known of a cell counts.
    void note(std::size_t column, Shows what);
};
// Rows without any text are left out.
using Sheet = std::vector<Row>;

inline constexpr std::size_t bytes_max =
    32UL * 1024 * 1024;  // of a file, of a part unpacked, and of all cells' texts
inline constexpr std::size_t cell_max = 1024;  // bytes
inline constexpr std::size_t rows_max = 50'000;
inline constexpr std::size_t columns_max = 64;

// Of a workbook: a first sheet, rows and columns that a spreadsheet program does not show, because
// they are hidden, filtered away or folded.
enum class Hidden { refused, read };

// By its first bytes: a ZIP archive is XLSX; a byte order mark may say that CSV is in UTF-16. The
// error is for people.
[[nodiscard]] Result<Sheet, std::string> read(std::string_view file,
                                              Hidden hidden = Hidden::refused);

// Comma, semicolon or tab, whichever the first line has or a line "sep=;" before it says; quotes as
// in RFC 4180; UTF-8. Cells lose the blanks at their ends.
[[nodiscard]] Result<Sheet, std::string> read_csv(std::string_view text);
// The first sheet of the workbook. Whole numbers lose their exponent: 2.54712345678E11.
[[nodiscard]] Result<Sheet, std::string> read_xlsx(std::string_view archive, Hidden hidden);

// Puts a cell into a row of a sheet. The error says which limit it breaks. Without a text it takes
// no place: spreadsheets keep styles for cells far beyond those that are used.
class Cells {
  public:
    [[nodiscard]] std::optional<std::string> put(Row& row, std::size_t column, std::string text);

  private:
    std::size_t bytes_ = 0;  // of all cells so far
};

}  // namespace lango::sheets

// What a spreadsheet program shows of a stored number or text, by the cell's number format
// (ECMA-376 part 1, 18.8.30 and 18.8.31): as much of it as says whether that is the same.
#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sheets/markup.hpp"
#include "sheets/sheet.hpp"

namespace lango::sheets {

// Digits alone: no sign, no blanks, nothing behind them.
[[nodiscard]] std::optional<std::size_t> whole_number(std::string_view text);

// What kind of value stands in a cell; the sign decides which part of a format is meant.
enum class Value : std::uint8_t { positive, negative, zero, text };

// "#,##0.00;(#,##0.00)". Digits, group marks, zeros, blanks, brackets, dashes and Kenya's currency
// may be shown beside the digits; a day, a share, a power of ten, a fraction, or words may not.
[[nodiscard]] Shows shows(std::string_view format, Value value);

// The formats of a workbook's cells.
class Styles {
  public:
    // Nothing where programs would read different ones. None at all in a workbook without styles.
    [[nodiscard]] static std::optional<Styles> read(const Element& style_sheet);

    // style: a cell's attribute "s", "" without one.
    [[nodiscard]] Shows shows(std::string_view style, Value value) const;
    // Of a style that depends on a condition: whether it has a number format.
    [[nodiscard]] bool formats_numbers(std::string_view conditional_style) const;

  private:
    [[nodiscard]] Shows shows_by_id(std::string_view id, Value value) const;
    struct Style {
        std::string format;  // its id
        std::string base;    // the id of the format of the style that it is based on, or ""
    };
    std::vector<Style> styles_;
    std::vector<bool> conditional_;
    std::map<std::string, std::string, std::less<>> formats_;  // by their ids
};

}  // namespace lango::sheets

// Parts of a sheet where a spreadsheet program shows something else than what its cells hold:
// merged cells, results of formulas for several cells, formats that depend on conditions.
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sheets/markup.hpp"
#include "sheets/number_format.hpp"
#include "sheets/sheet.hpp"

namespace lango::sheets {

struct Place {
    std::size_t row = 0;     // from 1
    std::size_t column = 0;  // from 0
};
// "C7": column 2 of row 7.
[[nodiscard]] std::optional<Place> place_of(std::string_view reference);

struct Range {
    Place first;
    Place last;
    Shows shows = Shows::nothing;
};

class Ranges {
  public:
    // False: the reference ("A1:B5", several with blanks between them) cannot be read.
    [[nodiscard]] bool add(std::string_view reference, Shows shows);
    // Those that a worksheet names itself. False: one of them cannot be read.
    [[nodiscard]] bool add_all_of(const Element& worksheet, const Styles& styles);
    // Notes them in the rows. False: there are too many.
    [[nodiscard]] bool note(Sheet& sheet) const;

  private:
    std::vector<Range> ranges_;
};

}  // namespace lango::sheets

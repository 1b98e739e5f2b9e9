// What a sheet must be, whatever file it came from: within its bounds, and the same when it is
// written as CSV and read again.
#pragma once
#include <string>

#include "sheets/sheet.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lango::fuzz {

inline void check_bounds(const sheets::Sheet& sheet) {
    must(sheet.size() <= sheets::rows_max, "a sheet has not too many rows");
    std::size_t last = 0;
    for (const auto& row : sheet) {
        must(row.number > last, "rows have numbers that grow");
        last = row.number;
        must(!row.cells.empty() && !row.cells.back().empty(), "a row ends with a text");
        must(row.cells.size() <= sheets::columns_max, "a row has not too many columns");
        for (const auto& cell : row.cells) {
            must(cell.size() <= sheets::cell_max, "a cell is not too long");
            must(cell.find_first_of(" \t\r\n") != 0, "a cell has no blanks before it");
        }
    }
}

inline std::string as_csv(const sheets::Sheet& sheet, char separator, bool numbered) {
    std::string out{"sep="};
    out.append(1, separator).append("\n");
    std::size_t line = 1;
    for (const auto& row : sheet) {
        for (; numbered && line < row.number; ++line) out += '\n';
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            if (column > 0) out += separator;
            out += '"';
            for (const char c : row.cells[column]) {
                if (c == '\n') ++line;
                out.append(c == '"' ? 2 : 1, c);
            }
            out += '"';
        }
        out += '\n';
        ++line;
    }
    return out;
}

// numbered: the rows come from lines, and stand at them again.
inline void check_csv_of(const sheets::Sheet& sheet, char separator, bool numbered) {
    const auto again = sheets::read_csv(as_csv(sheet, separator, numbered));
    must(again && again->size() == sheet.size(), "a sheet that is written has the same rows");
    for (std::size_t i = 0; i < sheet.size(); ++i) {
        must((*again)[i].cells == sheet[i].cells, "a row that is written has the same cells");
        must(!numbered || (*again)[i].number == sheet[i].number, "a row stands where it stood");
    }
}

}  // namespace lango::fuzz

#include "sheets/sheet.hpp"

#include <algorithm>

namespace lango::sheets {

namespace {

std::string trimmed(std::string text) {
    constexpr std::string_view blanks = " \t\r\n";
    text.erase(0, std::min(text.find_first_not_of(blanks), text.size()));
    text.erase(text.find_last_not_of(blanks) + 1);
    return text;
}

}  // namespace

void Row::note(std::size_t column, Shows what) {
    if (what == Shows::the_text) return;
    if (shown.size() <= column) shown.resize(column + 1);
    shown[column] = std::max(shown[column], what);
}

std::optional<std::string> Cells::put(Row& row, std::size_t column, std::string text) {
    text = trimmed(std::move(text));
    if (text.empty()) return std::nullopt;
    if (column >= columns_max) return "more than 64 columns";
    if (text.size() > cell_max) return "a cell has more than 1024 bytes";
    bytes_ += text.size();
    if (bytes_ > bytes_max) return "all cells together have more than 32 MiB";
    if (row.cells.size() <= column) row.cells.resize(column + 1);
    row.cells[column] = std::move(text);
    return std::nullopt;
}

Result<Sheet, std::string> read(std::string_view file, Hidden hidden) {
    if (file.size() > bytes_max) return Unexpected<std::string>{"the file is larger than 32 MiB"};
    return file.starts_with("PK\x03\x04") ? read_xlsx(file, hidden) : read_csv(file);
}

}  // namespace lango::sheets

#include "sheets/sheet.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"

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
    if (!utf8::is_whole(text)) {
        return "column " + std::to_string(column + 1) +
               " has letters of a code page that the file does not name: save it as \"CSV UTF-8\", "
               "as \"Unicode Text\" or as XLSX";
    }
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
    for (const auto& [mark, order] : {std::pair{"\xFF\xFE", utf8::Order::little_endian},
                                      std::pair{"\xFE\xFF", utf8::Order::big_endian}}) {
        if (!file.starts_with(mark)) continue;
        const auto text = utf8::from_utf16(file.substr(2), order);
        if (!text) return Unexpected<std::string>{"the file is cut off or damaged"};
        return read_csv(*text);
    }
    return file.starts_with("PK\x03\x04") ? read_xlsx(file, hidden) : read_csv(file);
}

}  // namespace lango::sheets

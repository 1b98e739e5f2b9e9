#include "cli/rows.hpp"

#include <algorithm>

#include "base/terminal_text.hpp"
#include "process/terminal.hpp"

namespace lango::cli {

namespace {

using process::say;

std::string csv_cell(std::string text) {
    if (!text.empty() &&
        std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos) {
        text.insert(0, 1, '\'');
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

void print_csv_cells(const Names& cells) {
    const char* between = "";
    for (const auto& cell : cells) {
        say << std::string{between} << csv_cell(cell);
        between = ",";
    }
    say << '\n';
}

std::size_t width_of(std::string_view text) {
    std::size_t characters = 0;
    while (!text.empty()) {
        text.remove_prefix(first_character(text).bytes);
        ++characters;
    }
    return characters;
}

bool is_number(std::string_view text) {
    return text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

struct TableColumn {
    Names cells;  // its name first
    std::size_t width = 0;
    bool is_right = false;  // numbers stand under each other

    [[nodiscard]] std::string padded(std::size_t row) const {
        const auto& cell = cells.at(row);
        const std::string blanks(width - width_of(cell), ' ');
        return is_right ? blanks + cell : cell + blanks;
    }
};

TableColumn column_of(const std::string& name, const std::vector<json::Value>& rows) {
    TableColumn column{.cells = {name}};
    std::ranges::replace(column.cells.front(), '_', ' ');
    for (const auto& row : rows) column.cells.push_back(terminal_text(cell_text(row, name)));
    for (const auto& cell : column.cells) column.width = std::max(column.width, width_of(cell));
    column.is_right = std::ranges::all_of(column.cells.begin() + 1, column.cells.end(), is_number);
    return column;
}

bool is_empty(const TableColumn& column) {
    return std::ranges::all_of(column.cells.begin() + 1, column.cells.end(), &std::string::empty);
}

}  // namespace

std::string cell_text(const json::Value& row, std::string_view name) {
    const auto* value = row.find(name);
    if (value == nullptr) return {};
    if (const auto* flag = value->boolean()) return *flag ? "yes" : "";
    const auto* text = value->scalar_text();
    return text == nullptr ? std::string{} : *text;
}

void print_table(const Names& names, const std::vector<json::Value>& rows) {
    std::vector<TableColumn> columns;
    for (const auto& name : names) {
        auto column = column_of(name, rows);
        if (!is_empty(column)) columns.push_back(std::move(column));
    }
    for (std::size_t row = 0; row <= rows.size(); ++row) {
        std::string line;
        for (const auto& column : columns) line += column.padded(row) + "  ";
        say << line.substr(0, line.find_last_not_of(' ') + 1) << '\n';
    }
}

void print_csv_names(const Names& columns) { print_csv_cells(columns); }

void print_csv(const Names& columns, const json::Value& row) {
    Names cells;
    for (const auto& column : columns) cells.push_back(cell_text(row, column));
    print_csv_cells(cells);
}

}  // namespace lango::cli

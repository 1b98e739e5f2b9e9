// Rows of an answer as a table for people, or as CSV (RFC 4180) for a spreadsheet.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace lango::cli {

using Names = std::vector<std::string>;

// What is printed of a member: a text or number as it is, "yes" for true, "" for the others.
[[nodiscard]] std::string cell_text(const json::Value& row, std::string_view name);

// A line of names, then a line for each row; columns that are empty in every row are left out.
void print_table(const Names& columns, const std::vector<json::Value>& rows);

void print_csv_names(const Names& columns);
// A cell that a spreadsheet would take for a formula begins with a quote mark.
void print_csv(const Names& columns, const json::Value& row);

}  // namespace lango::cli

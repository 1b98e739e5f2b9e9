#include "cli/batch_sheet.hpp"

#include <algorithm>
#include <array>

#include "base/terminal_text.hpp"
#include "base/typed.hpp"
#include "cli/commands.hpp"

namespace lango::cli {

namespace {

constexpr std::array<std::string_view, 4> required{"withdrawal_id", "account_number", "amount",
                                                   "label"};

// Far above what any merchant may pay out at once, and far below what a sum of sheets can hold.
const Money amount_max = Money::kes(10'000'000);

std::optional<Money> amount_of(std::string_view text) {
    const auto amount = typed::amount(text);
    return amount ? std::optional{*amount} : std::nullopt;
}

void refuse_repeated_ids(const sheets::Sheet& sheet, const Columns& columns) {
    std::map<std::string, std::size_t, std::less<>> rows;
    for (std::size_t i = 1; i < sheet.size(); ++i) {
        const auto id = sheet[i].at(columns.at("withdrawal_id"));
        const auto [first, is_new] = rows.emplace(id, sheet[i].number);
        if (!is_new && !id.empty()) {
            throw UsageError{"row " + std::to_string(sheet[i].number) +
                             " has the withdrawal_id of row " + std::to_string(first->second)};
        }
    }
}

std::string letters_of(std::size_t column) {
    std::string letters(1, static_cast<char>('A' + column % 26));
    if (column >= 26) letters.insert(0, letters_of(column / 26 - 1));
    return letters;
}

std::string_view why_in_doubt(sheets::Shows shown) {
    switch (shown) {
        case sheets::Shows::the_text:
            break;
        case sheets::Shows::same_number:
        case sheets::Shows::other_text:
            return "its number format shows another text than the one that is stored: give it the "
                   "format General, Number or Text";
        case sheets::Shows::other_result:
            return "a formula works it out, and a spreadsheet program may show another result: "
                   "copy the column and paste it as values";
        case sheets::Shows::nothing:
            return "merged cells lie over it: unmerge them";
    }
    return "";
}

void refuse_doubt(const sheets::Row& row, std::size_t column, std::string_view name,
                  sheets::Shows shown) {
    throw UsageError{"row " + std::to_string(row.number) + ", column " + letters_of(column) + " (" +
                     terminal_text(name) + "): " + std::string{why_in_doubt(shown)}};
}

// Whoever looks at the sheet sees what is paid: to whom, how much, and which id keeps it from being
// paid twice, which CSV files get as it is shown.
void refuse_what_shows_otherwise(const sheets::Sheet& sheet, const Columns& columns) {
    for (std::size_t i = 0; i < sheet.front().cells.size(); ++i) {
        const auto shown = sheet.front().shows(i);
        if (shown != sheets::Shows::the_text) {
            refuse_doubt(sheet.front(), i, sheet.front().at(i), shown);
        }
    }
    for (std::size_t i = 1; i < sheet.size(); ++i) {
        for (const std::string_view name : {"withdrawal_id", "account_number", "amount"}) {
            const auto column = columns.find(name)->second;
            const auto shown = sheet[i].shows(column);
            if (shown > sheets::Shows::same_number ||
                (shown == sheets::Shows::same_number && name == "withdrawal_id")) {
                refuse_doubt(sheet[i], column, name, shown);
            }
        }
    }
}

}  // namespace

Columns columns_of(const sheets::Sheet& sheet) {
    Columns columns;
    if (sheet.empty()) throw UsageError{"the sheet is empty"};
    for (std::size_t i = 0; i < sheet.front().cells.size(); ++i) {
        const auto name = typed::name(sheet.front().cells[i]);
        if (name.empty()) continue;
        const auto [first, is_new] = columns.emplace(name, i);
        if (!is_new) {
            throw UsageError{"the sheet's first row names " + terminal_text(name) +
                             " twice, in columns " + std::to_string(first->second + 1) + " and " +
                             std::to_string(i + 1)};
        }
    }
    for (const auto field : required) {
        if (!columns.contains(field)) {
            throw UsageError{"the sheet's first row names no column " + std::string{field}};
        }
    }
    refuse_what_shows_otherwise(sheet, columns);
    refuse_repeated_ids(sheet, columns);
    return columns;
}

std::string field_of(const sheets::Row& row, const Columns& columns, std::string_view field) {
    const auto column = columns.find(field);
    if (column == columns.end()) return {};
    return std::string{row.at(column->second)};
}

std::vector<BatchLine> lines_of(const sheets::Sheet& sheet, const Columns& columns) {
    std::vector<BatchLine> lines;
    for (std::size_t i = 1; i < sheet.size(); ++i) {
        const auto amount = amount_of(field_of(sheet[i], columns, "amount"));
        if (!amount || amount->minor() < 0 || *amount > amount_max) continue;  // a wrong row
        auto recipient = field_of(sheet[i], columns, "account_number");
        if (const auto phone = typed::phone(recipient)) recipient = phone->raw();
        lines.push_back(
            {.row = sheet[i].number, .recipient = std::move(recipient), .amount = *amount});
    }
    return lines;
}

Money sum_of(const std::vector<BatchLine>& lines) {
    auto sum = Money::zero();
    for (const auto& line : lines) sum = sum + line.amount;
    return sum;
}

std::vector<BatchLine> largest(std::vector<BatchLine> lines, std::size_t at_most) {
    std::ranges::sort(lines, [](const BatchLine& a, const BatchLine& b) {
        return a.amount == b.amount ? a.row < b.row : a.amount > b.amount;
    });
    if (lines.size() > at_most)
        lines.erase(lines.begin() + static_cast<long>(at_most), lines.end());
    return lines;
}

std::vector<std::vector<BatchLine>> repeated(const std::vector<BatchLine>& lines) {
    std::map<std::pair<std::string, std::int64_t>, std::size_t> places;
    std::vector<std::vector<BatchLine>> groups;
    for (const auto& line : lines) {
        const auto [place, is_new] =
            places.emplace(std::pair{line.recipient, line.amount.minor()}, groups.size());
        if (is_new) groups.emplace_back();
        groups[place->second].push_back(line);
    }
    std::erase_if(groups, [](const auto& group) { return group.size() < 2; });
    return groups;
}

std::optional<Money> typed_sum(std::string_view text) { return amount_of(text); }

}  // namespace lango::cli

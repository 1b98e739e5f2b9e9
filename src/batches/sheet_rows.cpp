#include "batches/sheet_rows.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/terminal_text.hpp"
#include "base/typed.hpp"

namespace lango::batches {

namespace {

using Refused = Unexpected<std::string>;

constexpr std::array<std::string_view, 4> required{"withdrawal_id", "account_number", "amount",
                                                   "label"};
constexpr std::array<std::string_view, 5> fields{"withdrawal_id", "account_number", "amount",
                                                 "label", "comment"};

static_assert(sheets::rows_max <= static_cast<std::size_t>(places_max));

// Far above what any merchant may pay out at once, and far below what a sum of sheets can hold.
const Money amount_max = Money::kes(10'000'000);

// "": none is.
std::string repeated_id(const sheets::Sheet& sheet, const Columns& columns) {
    std::map<std::string, std::size_t, std::less<>> rows;
    for (std::size_t i = 1; i < sheet.size(); ++i) {
        const auto id = sheet[i].at(columns.at("withdrawal_id"));
        const auto [first, is_new] = rows.emplace(id, sheet[i].number);
        if (!is_new && !id.empty()) {
            return "row " + std::to_string(sheet[i].number) + " has the withdrawal_id of row " +
                   std::to_string(first->second);
        }
    }
    return {};
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

std::string doubt(const sheets::Row& row, std::size_t column, std::string_view name,
                  sheets::Shows shown) {
    return "row " + std::to_string(row.number) + ", column " + letters_of(column) + " (" +
           terminal_text(name) + "): " + std::string{why_in_doubt(shown)};
}

// Whoever looks at the sheet sees what is paid: to whom, how much, and which id keeps it from being
// paid twice, which CSV files get as it is shown. "": so it is.
std::string shown_otherwise(const sheets::Sheet& sheet, const Columns& columns) {
    for (std::size_t i = 0; i < sheet.front().cells.size(); ++i) {
        const auto shown = sheet.front().shows(i);
        if (shown != sheets::Shows::the_text) {
            return doubt(sheet.front(), i, sheet.front().at(i), shown);
        }
    }
    for (std::size_t i = 1; i < sheet.size(); ++i) {
        for (const std::string_view name : {"withdrawal_id", "account_number", "amount"}) {
            const auto column = columns.find(name)->second;
            const auto shown = sheet[i].shows(column);
            if (shown > sheets::Shows::same_number ||
                (shown == sheets::Shows::same_number && name == "withdrawal_id")) {
                return doubt(sheet[i], column, name, shown);
            }
        }
    }
    return {};
}

Result<Columns, std::string> named_columns(const sheets::Row& names) {
    Columns columns;
    for (std::size_t i = 0; i < names.cells.size(); ++i) {
        const auto name = typed::name(names.cells[i]);
        if (name.empty()) continue;
        const auto [first, is_new] = columns.emplace(name, i);
        if (!is_new) {
            return Refused{"the sheet's first row names " + terminal_text(name) +
                           " twice, in columns " + std::to_string(first->second + 1) + " and " +
                           std::to_string(i + 1)};
        }
    }
    for (const auto field : required) {
        if (!columns.contains(field)) {
            return Refused{"the sheet's first row names no column " + std::string{field}};
        }
    }
    return columns;
}

json::Value text(std::string_view of) { return json::Value{std::string{of}}; }

json::Value fields_in(const sheets::Row& row, const Columns& columns) {
    json::Object object;
    for (const auto field : fields) {
        if (columns.contains(field)) {
            object.emplace_back(field, text(field_of(row, columns, field)));
        }
    }
    return json::Value{std::move(object)};
}

// What counts into the total, of a row that is wrong in another field.
std::optional<Money> amount_in(const json::Value& of) {
    const auto amount = typed::amount(of.text_at("amount"));
    if (!amount || amount->minor() < 0 || *amount > amount_max) return std::nullopt;
    return *amount;
}

Row row_of(const json::Value& of, const ReadFields& read) {
    Row row;
    auto wanted = read(of);
    if (wanted && wanted->withdrawal_id.empty()) {
        wanted = Refused{"withdrawal_id: The withdrawal id field is required."};
    }
    if (!wanted) {
        row.amount = amount_in(of);
        row.state = RowState::wrong;
        row.reason = wanted.error();
        return row;
    }
    row.withdrawal_id = wanted->withdrawal_id;
    row.phone = wanted->phone;
    row.amount = wanted->amount;
    row.label = wanted->label;
    row.comment = wanted->comment;
    return row;
}

}  // namespace

Result<Columns, std::string> columns_of(const sheets::Sheet& sheet) {
    if (sheet.empty()) return Refused{"the sheet is empty"};
    auto columns = named_columns(sheet.front());
    if (!columns) return columns;
    for (const auto& wrong : {shown_otherwise(sheet, *columns), repeated_id(sheet, *columns)}) {
        if (!wrong.empty()) return Refused{wrong};
    }
    return columns;
}

std::string field_of(const sheets::Row& row, const Columns& columns, std::string_view field) {
    const auto column = columns.find(field);
    if (column == columns.end()) return {};
    return std::string{row.at(column->second)};
}

json::Value fields_of(const Row& row) {
    return json::Value{
        json::Object{{"withdrawal_id", text(row.withdrawal_id)},
                     {"account_number", text(row.phone ? row.phone->raw() : std::string{})},
                     {"amount", text(row.amount ? row.amount->text() : std::string{})},
                     {"label", text(row.label)},
                     {"comment", text(row.comment)}}};
}

Result<std::vector<Row>, std::string> read_rows(std::string_view file, sheets::Hidden hidden,
                                                const ReadFields& read) {
    const auto sheet = sheets::read(file, hidden);
    if (!sheet) return Refused{sheet.error()};
    const auto columns = columns_of(*sheet);
    if (!columns) return Refused{columns.error()};
    if (sheet->size() < 2) return Refused{"the sheet has no row below its first one"};
    std::vector<Row> rows;
    rows.reserve(sheet->size() - 1);
    for (std::size_t i = 1; i < sheet->size(); ++i) {
        auto row = row_of(fields_in((*sheet)[i], *columns), read);
        row.place = static_cast<std::int64_t>(i);
        row.line = static_cast<std::int64_t>((*sheet)[i].number);
        rows.push_back(std::move(row));
    }
    return rows;
}

Money total_of(const std::vector<Row>& rows) {
    auto total = Money::zero();
    for (const auto& row : rows) {
        if (row.amount) total = total + *row.amount;
    }
    return total;
}

}  // namespace lango::batches

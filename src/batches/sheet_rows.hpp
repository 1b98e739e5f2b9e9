// A sheet of withdrawals as rows that can be paid: where its columns stand, what each row says, and
// what is wrong with it. Whoever looks at the sheet sees what is paid, or it is refused.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "batches/batch.hpp"
#include "sheets/sheet.hpp"
#include "withdrawals/accept.hpp"

namespace lango::batches {

// Where each named column stands. Names in any case, without blanks and marks that nobody sees.
using Columns = std::map<std::string, std::size_t, std::less<>>;

// From the sheet's first row. The error, for people: it lacks a column that is required or names
// one twice, two rows have one withdrawal_id, or a spreadsheet program may show another column's
// name, id, recipient or amount than the one that is read.
[[nodiscard]] Result<Columns, std::string> columns_of(const sheets::Sheet& sheet);

// What a field of a row says, as it stands there; "" where there is none.
[[nodiscard]] std::string field_of(const sheets::Row& row, const Columns& columns,
                                   std::string_view field);

// withdrawal_id, account_number, amount, label and comment, all texts, as a withdrawal; or what is
// wrong with them, in one line.
using ReadFields =
    std::function<Result<withdrawals::Wanted, std::string>(const json::Value& fields)>;

[[nodiscard]] json::Value fields_of(const Row& row);

// Every row of the file, the wrong ones with their reason and nothing else but their amount. The
// error is about the whole file.
[[nodiscard]] Result<std::vector<Row>, std::string> read_rows(std::string_view file,
                                                              sheets::Hidden hidden,
                                                              const ReadFields& read);

[[nodiscard]] Money total_of(const std::vector<Row>& rows);

}  // namespace lango::batches

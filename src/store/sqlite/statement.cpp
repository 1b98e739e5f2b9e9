#include "store/sqlite/statement.hpp"

#include "base/check.hpp"
#include "store/errors.hpp"

namespace lango::store::sqlite {

namespace {

// A null pointer would bind NULL where an empty text is meant.
const char* bytes_of(std::string_view text) { return text.data() == nullptr ? "" : text.data(); }

int bind_one(sqlite3_stmt* statement, int index, const Param& param) {
    const auto& value = param.value();
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return sqlite3_bind_int64(statement, index, *number);
    }
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        return sqlite3_bind_text64(statement, index, bytes_of(*text), text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    }
    if (const auto* blob = std::get_if<Blob>(&value)) {
        return sqlite3_bind_blob64(statement, index, bytes_of(blob->bytes), blob->bytes.size(),
                                   SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, index);
}

}  // namespace

int bind(sqlite3_stmt* statement, std::span<const Param> params) {
    LANGO_CHECK(statement != nullptr, "what is bound is prepared");
    LANGO_CHECK(sqlite3_stmt_busy(statement) == 0, "nothing is bound to what runs");
    if (std::cmp_not_equal(sqlite3_bind_parameter_count(statement), params.size())) {
        return SQLITE_RANGE;
    }
    int index = 0;
    for (const auto& param : params) {
        if (const int code = bind_one(statement, ++index, param); code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

int StatementRow::type(int column) const {
    LANGO_CHECK(column >= 0 && column < sqlite3_column_count(statement_),
                "a reader asks for columns that its statement has");
    return sqlite3_column_type(statement_, column);
}

// A hand in the file may have put anything anywhere: that ends what reads it, and nothing else.
void StatementRow::wrong_type(int column, const char* wanted) const {
    throw Broken{std::string{"column "} + sqlite3_column_name(statement_, column) + " holds " +
                 (type(column) == SQLITE_NULL ? "nothing" : "something else") + ", where " +
                 wanted + " belongs, in: " + sqlite3_sql(statement_)};
}

bool StatementRow::is_null(int column) const { return type(column) == SQLITE_NULL; }

std::int64_t StatementRow::integer(int column) const {
    if (type(column) != SQLITE_INTEGER) wrong_type(column, "a whole number");
    return sqlite3_column_int64(statement_, column);
}

std::string_view StatementRow::text(int column) const {
    const int kind = type(column);
    if (kind != SQLITE_TEXT && kind != SQLITE_BLOB) wrong_type(column, "a text");
    // Of a text column_blob hands over the UTF-8 bytes as they are; null for no bytes at all.
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string_view{""} : std::string_view{bytes, size};
}

}  // namespace lango::store::sqlite

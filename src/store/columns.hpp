// One table for each kind of row: which column is which member, how the one is made of the other,
// and who writes it. The select list, the reader, INSERT and UPDATE follow from it, and so cannot
// disagree; their texts are made by the compiler.
//
//   using Rows = store::Table<Claim, "paybill_claims",
//                             store::Column<"receipt", &Claim::receipt, store::Plain, Life::key>,
//                             store::Column<"at", &Claim::at>>;
//   reader.first(Rows::select<"FROM paybill_claims WHERE receipt = ?1">, from_row, receipt);
//   Rows::read(row, claim);   // in from_row, after what it checks
//   Rows::insert<"ON CONFLICT (receipt) DO NOTHING">(tx, claim);
//   Rows::update(tx, claim);  // WHERE receipt = ?1
//
// tests/statements knows these by their names (Rows::select<, Rows::insert, Rows::update; Rows is
// what `using ... = store::Table<` calls it in the same source).
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/money.hpp"
#include "base/msisdn.hpp"
#include "base/result.hpp"
#include "store/tx.hpp"

namespace lango::store {

// A literal that templates take.
template <std::size_t N>
struct Text {
    std::array<char, N> letters{};
    consteval Text(const char (&literal)[N]) {  // NOLINT: only literals, which are arrays
        std::copy_n(static_cast<const char*>(literal), N, letters.begin());
    }
    [[nodiscard]] constexpr std::string_view view() const { return {letters.data(), N - 1}; }
};

// Who writes a column.
enum class Life : std::int8_t {
    key,      // INSERT; by it UPDATE finds the row
    fixed,    // INSERT alone
    changes,  // INSERT and UPDATE
    later,    // UPDATE alone: until then it is as the schema begins it
    apart,    // neither: statements of their own
};

// What a codec reads from.
template <class Table, class Context>
struct Cell {
    const Row& row;
    int at;
    const Context& context;  // what the reader was given
    // Where another column of the select list stands.
    template <Text Name>
    [[nodiscard]] static constexpr int place() {
        constexpr int at = Table::template place<Name>();
        return at;
    }
};

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
T plain(const Row& row, int at) {
    if constexpr (is_optional<T>) {
        return row.is_null(at) ? T{} : T{plain<typename T::value_type>(row, at)};
    } else if constexpr (std::is_same_v<T, bool>) {
        return row.integer(at) != 0;
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        return static_cast<T>(row.integer(at));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return row.string(at);
    } else if constexpr (std::is_same_v<T, Instant>) {
        return row.instant(at);
    } else if constexpr (std::is_same_v<T, Msisdn>) {
        return Msisdn::from_number(row.integer(at));
    } else {
        return T{row.integer(at)};  // an Id
    }
}

// NULL when there is none.
template <class T>
std::optional<std::int64_t> minor_of(const T& amount) {
    if constexpr (is_optional<T>) {
        return amount ? std::optional{amount->minor()} : std::nullopt;
    } else {
        return amount.minor();
    }
}
template <class T>
T money(const Row& row, int at, Currency currency) {
    if constexpr (is_optional<T>) {
        if (row.is_null(at)) return T{};
    }
    return T{Money{row.integer(at), currency}};
}

}  // namespace detail

// Codecs. read<T>(cell) makes the member; one without it is for columns that others read with
// theirs. write(member), or write(member, context), gives what a Param takes.

// As its type has it: numbers, enums, bool as 0 and 1, texts, times, ids, phones; NULL for an
// optional that has none.
struct Plain {
    template <class T>
    static T read(const auto& cell) {
        return detail::plain<T>(cell.row, cell.at);
    }
    template <class T>
    static decltype(auto) write(const T& value) {
        if constexpr (std::is_same_v<T, Msisdn>) {
            return value.number();
        } else {
            return (value);
        }
    }
};
// A text that is NULL while it is empty, and a number that is NULL while it is 0.
struct NullIfEmpty {
    template <class T>
    static T read(const auto& cell) {
        return cell.row.is_null(cell.at) ? T{} : detail::plain<T>(cell.row, cell.at);
    }
    static std::optional<std::string_view> write(const std::string& text) {
        return text.empty() ? std::nullopt : std::optional{std::string_view{text}};
    }
    static std::optional<std::int64_t> write(std::int64_t number) {
        return number == 0 ? std::nullopt : std::optional{number};
    }
};
// Bytes.
struct Bytes {
    template <class T>
    static T read(const auto& cell) {
        return cell.row.string(cell.at);
    }
    static Blob write(const std::string& bytes) { return Blob{bytes}; }
};
// Minor units of shillings.
struct Kes {
    template <class T>
    static T read(const auto& cell) {
        return detail::money<T>(cell.row, cell.at, Currency::kes());
    }
    static auto write(const auto& amount) { return detail::minor_of(amount); }
};
// Minor units of the currency in another column, of which CurrencyOf has the code. Unsound when
// that is none.
template <Text Column>
struct MinorOf {
    template <class T>
    static T read(const auto& cell) {
        const auto currency = Currency::parse(cell.row.text(cell.template place<Column>()));
        LANGO_REQUIRE(currency);
        return detail::money<T>(cell.row, cell.at, *currency);
    }
    static auto write(const auto& amount) { return detail::minor_of(amount); }
};
struct CurrencyOf {
    static std::string write(const Money& amount) { return std::string{amount.currency().code()}; }
};

// A member, or a member of a member.
template <auto Outer, auto Inner>
struct Inside {
    static auto& of(auto& object) { return object.*Outer.*Inner; }
};
template <auto Member>
struct Own {
    static auto& of(auto& object) { return object.*Member; }
};

struct Shape {
    std::string_view name;
    Life life;
    bool is_selected;
    std::string_view in_update;  // "#": the placeholder
};

template <Text Name, class Place, class Codec, Life Lives>
struct ColumnAt {
    static constexpr Shape shape{Name.view(), Lives, true, "#"};
    static decltype(auto) param(const auto& object, const auto& context) {
        if constexpr (requires { Codec::write(Place::of(object), context); }) {
            return Codec::write(Place::of(object), context);
        } else {
            return Codec::write(Place::of(object));
        }
    }
    template <class Table, class Context>
    static void read(auto& object, const Row& row, int at, const Context& context) {
        using Member = std::remove_cvref_t<decltype(Place::of(object))>;
        const Cell<Table, Context> cell{row, at, context};
        if constexpr (requires { Codec::template read<Member>(cell); }) {
            Place::of(object) = Codec::template read<Member>(cell);
        }
    }
};
template <Text Name, auto Member, class Codec = Plain, Life Lives = Life::fixed>
using Column = ColumnAt<Name, Own<Member>, Codec, Lives>;
// Not in the select list: nothing asks for it.
template <class Of>
struct Unread : Of {
    static constexpr Shape shape{Of::shape.name, Of::shape.life, false, Of::shape.in_update};
};
// UPDATE writes this expression; # is the member's placeholder.
template <class Of, Text Value>
struct Updated : Of {
    static constexpr Shape shape{Of::shape.name, Of::shape.life, Of::shape.is_selected,
                                 Value.view()};
};

namespace detail {

constexpr bool is_inserted(const Shape& column) {
    return column.life == Life::key || column.life == Life::fixed || column.life == Life::changes;
}
constexpr bool is_updated(const Shape& column) {
    return column.life == Life::key || column.life == Life::changes || column.life == Life::later;
}

// A text that the compiler puts together. (A std::string of libstdc++ 12 is no constant for clang.)
class Built {
  public:
    constexpr Built& operator+=(std::string_view text) {
        for (const char letter : text) *this += letter;
        return *this;
    }
    constexpr Built& operator+=(char letter) {
        letters_.at(size_++) = letter;
        return *this;
    }
    // A new item of a list.
    constexpr Built& item(std::string_view text) {
        if (size_ != 0) *this += ", ";
        return *this += text;
    }
    // With the placeholder's number in place of each #.
    constexpr Built& numbered(std::string_view text, int number) {
        for (const char letter : text) {
            if (letter != '#') {
                *this += letter;
                continue;
            }
            *this += '?';
            if (number > 9) *this += static_cast<char>('0' + number / 10);
            *this += static_cast<char>('0' + number % 10);
        }
        return *this;
    }
    [[nodiscard]] constexpr std::string_view view() const { return {letters_.data(), size_}; }

  private:
    std::array<char, 4096> letters_{};
    std::size_t size_ = 0;
};

// Maker::make() as a text that stands in the program once.
template <class Maker>
inline constexpr auto made = [] {
    constexpr auto whole = Maker::make();
    std::array<char, whole.view().size() + 1> text{};
    std::ranges::copy(whole.view(), text.begin());
    return text;
}();

template <class Table, Text Rest, class... Others>
struct Selects {
    static constexpr Built make() {
        Built text;
        text += "SELECT ";
        text += Table::list().view();
        text += ' ';
        std::size_t next = 0;
        for (const char letter : Rest.view()) {
            if (letter != '#') {
                text += letter;
                continue;
            }
            std::size_t at = 0;
            static_cast<void>(((at++ == next && (text += Others::list().view(), true)) || ...));
            if (at == 0) throw "a # is the list of another table";
            ++next;
        }
        return text;
    }
};
template <class Table, Text Rest>
struct Inserts {
    static constexpr Built make() {
        Built names;
        Built values;
        int number = 0;
        for (const auto& column : Table::shapes) {
            if (!is_inserted(column)) continue;
            names.item(column.name);
            values.item("").numbered("#", ++number);
        }
        Built text;
        text += "INSERT INTO ";
        text += Table::name;
        text += " (";
        text += names.view();
        text += ") VALUES (";
        text += values.view();
        text += ')';
        if (!Rest.view().empty()) text += ' ';
        text += Rest.view();
        return text;
    }
};
template <class Table>
struct Updates {
    static constexpr Built make() {
        Built values;
        Built key;
        int number = 0;
        for (const auto& column : Table::shapes) {
            if (!is_updated(column)) continue;
            auto& text = column.life == Life::key ? key : values;
            text.item(column.name) += " = ";
            text.numbered(column.life == Life::key ? "#" : column.in_update, ++number);
        }
        Built text;
        text += "UPDATE ";
        text += Table::name;
        text += " SET ";
        text += values.view();
        text += " WHERE ";
        text += key.view();
        return text;
    }
};

// Where the columns that `is` chooses stand in the table.
template <class Table, bool (*is)(const Shape&)>
inline constexpr auto chosen = [] {
    std::array<std::size_t, static_cast<std::size_t>(std::ranges::count_if(Table::shapes, is))>
        places{};
    std::size_t next = 0;
    for (std::size_t at = 0; at < Table::shapes.size(); ++at) {
        if (is(Table::shapes[at])) places[next++] = at;
    }
    return places;
}();

}  // namespace detail

// The key stands first, so that it is ?1 of UPDATE.
template <class Object, Text Name, class... Columns>
struct Table {
    static constexpr std::string_view name = Name.view();
    static constexpr std::array<Shape, sizeof...(Columns)> shapes{Columns::shape...};

    // "id, merchant_id, ..."
    static constexpr detail::Built list() {
        detail::Built names;
        for (const auto& column : shapes) {
            if (column.is_selected) names.item(column.name);
        }
        return names;
    }
    // Where a column stands in the select list.
    template <Text Column>
    static consteval int place() {
        int at = 0;
        for (const auto& column : shapes) {
            if (column.name == Column.view() && column.is_selected) return at;
            if (column.is_selected) ++at;
        }
        throw "the table has no such column in its select list";
    }

    // "SELECT", the list, and the rest; a # in that is the list of another table.
    template <Text Rest, class... Others>
    static constexpr Sql select{detail::made<detail::Selects<Table, Rest, Others...>>.data()};

    // Into an object whose members have whatever begins them.
    template <class Context = std::nullptr_t>
    static void read(const Row& row, Object& object, const Context& context = {}) {
        int at = 0;
        (read_one<Columns>(row, object, at, context), ...);
    }

    // How many rows were written. Throws as Tx::run does.
    template <Text Rest = "", class Context = std::nullptr_t>
    static std::int64_t insert(Tx& tx, const Object& object, const Context& context = {}) {
        return write(tx, detail::made<detail::Inserts<Table, Rest>>.data(), object, context,
                     Chosen<detail::is_inserted>{});
    }
    template <class Context = std::nullptr_t>
    static std::int64_t update(Tx& tx, const Object& object, const Context& context = {}) {
        return write(tx, detail::made<detail::Updates<Table>>.data(), object, context,
                     Chosen<detail::is_updated>{});
    }

  private:
    static_assert(std::ranges::count(shapes, Life::key, &Shape::life) <= 1 &&
                  (shapes.front().life == Life::key ||
                   std::ranges::count(shapes, Life::key, &Shape::life) == 0));

    template <class Column>
    static void read_one(const Row& row, Object& object, int& at, const auto& context) {
        if constexpr (Column::shape.is_selected) {
            Column::template read<Table>(object, row, at++, context);
        }
    }
    template <bool (*is)(const Shape&)>
    struct Chosen {};
    template <bool (*is)(const Shape&)>
    static std::int64_t write(Tx& tx, Sql sql, const Object& object, const auto& context,
                              Chosen<is>) {
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return tx.run(
                sql,
                std::tuple_element_t<detail::chosen<Table, is>[At], std::tuple<Columns...>>::param(
                    object, context)...);
        }(std::make_index_sequence<detail::chosen<Table, is>.size()>{});
    }
};

}  // namespace lango::store

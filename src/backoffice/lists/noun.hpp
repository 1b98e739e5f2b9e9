// A list of the back office is a table: what may be asked for, what is shown of each row, and the
// statement that finds them. Everything else about lists is done once, for all of them (page.hpp).
//
// A page begins with the latest row and goes back by the noun's key. It looks at so many rows at
// most, whether they are what is asked for or not, and says how far it has come: no question takes
// longer for the rows that there are. What an index knows (an id, a receipt, the merchant's id) is
// looked up by it.
#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ids.hpp"
#include "base/json_writer.hpp"
#include "store/tx.hpp"

namespace lango::backoffice::lists {

inline constexpr std::int64_t limit_max = 1'000;      // rows of a page
inline constexpr std::int64_t limit_usual = 100;      // likewise, unless said
inline constexpr std::size_t candidates_max = 1'000;  // that an index names at once
inline constexpr std::int64_t key_max = std::numeric_limits<std::int64_t>::max();
inline constexpr const char* usual_zone = "Africa/Nairobi";  // where no merchant is named

// What a statement's parameter is bound to, kept as long as the question lives.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;

// What the column that orders a list is.
enum class Key : std::int8_t {
    id,      // of base/ids.hpp: begins with its time
    time,    // microseconds, of which several rows may have the same: there is a tie, column 1
    number,  // 1, 2, 3, ...
};

// A question as it is read: what a page is found by.
struct Question {
    std::int64_t from = 0;  // the least key; `before` is the first that is too great (of Key::time:
    std::int64_t before = key_max;  // the greatest, whose tie is less than `tie`)
    std::int64_t tie = key_max;
    std::int64_t limit = limit_usual;
    std::optional<MerchantId> merchant{};
    std::string zone = usual_zone;
    std::vector<Value> values{};  // of the filters, in their order
    // Nothing else can be it: descending. `is_cut`: there may be more below the last of them.
    std::optional<std::vector<std::int64_t>> keys{};
    bool is_cut = false;
};

// What the texts of a question are read with.
struct Asked {
    store::Reader& reader;
    Instant now;
    Key key;
    std::optional<MerchantId> scope{};  // whose rows alone may be seen
    Question question{};

    void bind(Value value) { question.values.push_back(std::move(value)); }
    // It is one of these, in any order.
    void only(std::vector<std::int64_t> keys, bool is_cut = false);
    // Whose rows count: the merchant that is named, or who asks.
    [[nodiscard]] std::optional<MerchantId> whose() const {
        return scope ? scope : question.merchant;
    }
};

// False: the text is not what `about` says.
using Read = bool (*)(Asked& asked, const std::string& text);

struct Filter {
    std::string_view name;   // in the query; the command line's flag has dashes
    std::string_view type;   // as backoffice::Field has it
    std::string_view about;  // what it is: "a merchant's slug"
    Read read = nullptr;
    std::size_t binds = 0;   // parameters of the statement: NULL where nothing is asked
    bool is_hidden = false;  // nobody asks: it is read, of "", with every question
};

// For cells that need more than their row.
struct Shown {
    std::map<MerchantId, std::string> slugs{};
    std::map<MerchantId, std::string> zones{};
    std::string zone = usual_zone;  // of rows without a merchant
};
struct Cell {
    json::Writer& writer;
    const store::Row& row;
    int at;  // the column of the statement
    const Shown& shown;
    int owner;  // the column of the row's merchant; -1: none
};
// Writes the value; its name stands there.
using Write = void (*)(const Cell& cell);

enum class In : std::int8_t {
    table,  // and CSV, and JSON
    sheet,  // CSV and JSON
    json,   // alone
};

struct Column {
    std::string_view name;
    int at = 0;
    Write write = nullptr;
    In in = In::table;
};

// Statements: ?1 before, ?2 from, ?3 rows that are looked at, ?4 rows that are shown, ?5 the
// merchant where rows have one, then what the filters bind. Column 0 is the key. `rest` finds the
// `before` of the page after one that has looked at all it may: it has ?1 to ?3; where there is a
// tie ?3 is one more than ?4, which is what was looked at, and ?5 the tie.
struct Noun {
    std::string_view name;    // "deposit", as in the use case deposit.list
    std::string_view plural;  // the list's name in the answer
    std::string_view path;
    std::span<const Filter> filters;
    std::span<const Column> columns;
    Key key = Key::id;
    int owner = -1;          // the statement's column of the merchant; -1: the operator's alone
    std::int64_t looks = 0;  // at so many rows
    store::Sql page;
    store::Sql rest;

    [[nodiscard]] bool is_owned() const { return owner >= 0; }
};

}  // namespace lango::backoffice::lists

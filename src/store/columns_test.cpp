#include "store/columns.hpp"

#include <gtest/gtest.h>

#include "store/sqlite/connection.hpp"

namespace lango::store {
namespace {

enum class Colour : std::int8_t { red = 1, green = 2 };
struct Size {
    int wide = 0;
};
struct Thing {
    MerchantId id{0};
    std::string name;
    std::optional<Instant> seen_at;
    Money price = Money::zero();
    std::optional<Money> fee;
    Colour colour = Colour::red;
    std::string note;
    std::int64_t number = 0;
    Size size;
    bool is_new = false;
    std::string secret;
};

// A codec that is told by the caller what to do.
struct Shifted {
    template <class T>
    static T read(const auto& cell) {
        return cell.row.string(cell.at).substr(static_cast<std::size_t>(cell.context));
    }
    static std::string write(const std::string& text, const int& by) {
        return std::string(static_cast<std::size_t>(by), '-') + text;
    }
};

using Rows = Table<Thing, "things", Column<"id", &Thing::id, Plain, Life::key>,
                   Column<"name", &Thing::name>, Column<"currency", &Thing::price, CurrencyOf>,
                   Updated<Column<"seen_at", &Thing::seen_at, Plain, Life::changes>,
                           "COALESCE(#, seen_at + id, #)">,
                   Column<"price", &Thing::price, MinorOf<"currency">, Life::changes>,
                   Column<"fee", &Thing::fee, MinorOf<"currency">>,
                   Column<"colour", &Thing::colour, Plain, Life::changes>,
                   Column<"note", &Thing::note, NullIfEmpty, Life::later>,
                   Column<"number", &Thing::number, NullIfEmpty, Life::changes>,
                   ColumnAt<"wide", Inside<&Thing::size, &Size::wide>, Plain, Life::fixed>,
                   Column<"new", &Thing::is_new, Plain, Life::apart>,
                   Unread<Column<"secret", &Thing::secret, Shifted>>>;
// The same rows, as who asks for the secret sees them.
using Secrets = Table<Thing, "things", Column<"secret", &Thing::secret, Shifted>>;

class Columns : public testing::Test {
  protected:
    Columns() {
        db_.script(
            "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, currency TEXT, "
            "seen_at INTEGER, price INTEGER NOT NULL, fee INTEGER, colour INTEGER NOT NULL, "
            "note TEXT, number INTEGER, wide INTEGER NOT NULL, new INTEGER NOT NULL DEFAULT 1, "
            "secret TEXT NOT NULL)");
    }
    std::optional<Thing> find(std::int64_t id) {
        return db_.first(
            Rows::select<"FROM things WHERE id = ?1">,
            [](const Row& row) {
                Thing thing;
                Rows::read(row, thing);
                return thing;
            },
            id);
    }

    sqlite::Connection db_{{.path = ":memory:", .vfs = "", .in_memory = true},
                           sqlite::Role::writer,
                           std::int64_t{1024} * 1024};
    Thing thing_{.id = MerchantId{7},
                 .name = "chair",
                 .seen_at = from_micros(5),
                 .price = Money{1250, *Currency::parse("USD")},
                 .fee = Money{99, *Currency::parse("USD")},
                 .colour = Colour::green,
                 .note = "kept when it is updated",
                 .number = 3,
                 .size = {.wide = 40},
                 .is_new = false,
                 .secret = "s"};
};

TEST_F(Columns, AreTheTextsThatTheTableTells) {
    EXPECT_STREQ(Rows::select<"FROM things WHERE id = ?1">.text,
                 "SELECT id, name, currency, seen_at, price, fee, colour, note, number, wide, new "
                 "FROM things WHERE id = ?1");
    EXPECT_STREQ((Secrets::select<"FROM things UNION ALL SELECT # FROM others", Rows>.text),
                 "SELECT secret FROM things UNION ALL SELECT id, name, currency, seen_at, price, "
                 "fee, colour, note, number, wide, new FROM others");
    EXPECT_EQ(detail::Updates<Rows>::make().view(),
              "UPDATE things SET seen_at = COALESCE(?2, seen_at + id, ?2), price = ?3, "
              "colour = ?4, note = ?5, number = ?6 WHERE id = ?1");
    EXPECT_EQ((detail::Inserts<Rows, "ON CONFLICT DO NOTHING">::make().view()),
              "INSERT INTO things (id, name, currency, seen_at, price, fee, colour, number, wide, "
              "secret) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING");
    EXPECT_EQ(Rows::place<"colour">(), 6);
}

TEST_F(Columns, ComeBackAsTheyWereWritten) {
    EXPECT_EQ(Rows::insert(db_, thing_, 2), 1);
    auto found = find(7);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, thing_.id);
    EXPECT_EQ(found->name, "chair");
    EXPECT_EQ(found->seen_at, from_micros(5));
    EXPECT_EQ(found->price, thing_.price);
    EXPECT_EQ(found->fee, thing_.fee);
    EXPECT_EQ(found->colour, Colour::green);
    EXPECT_EQ(found->number, 3);
    EXPECT_EQ(found->size.wide, 40);
    EXPECT_EQ(found->note, "");    // written later
    EXPECT_TRUE(found->is_new);    // the schema's word
    EXPECT_EQ(found->secret, "");  // not asked for
    const auto secret = db_.first(Secrets::select<"FROM things">, [](const Row& row) {
        Thing thing;
        Secrets::read(row, thing, 2);
        return thing.secret;
    });
    EXPECT_EQ(secret, "s");
}

TEST_F(Columns, AreUpdatedWhereTheTableSaysSo) {
    ASSERT_EQ(Rows::insert(db_, thing_, 0), 1);
    thing_.name = "table";
    thing_.seen_at = std::nullopt;
    thing_.price = Money{1, *Currency::parse("USD")};
    thing_.colour = Colour::red;
    thing_.number = 0;
    EXPECT_EQ(Rows::update(db_, thing_), 1);
    const auto found = find(7);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->name, "chair");
    EXPECT_EQ(found->seen_at, from_micros(12));
    EXPECT_EQ(found->price.minor(), 1);
    EXPECT_EQ(found->colour, Colour::red);
    EXPECT_EQ(found->note, "kept when it is updated");
    EXPECT_EQ(
        db_.first("SELECT number FROM things", [](const Row& row) { return row.maybe_integer(0); }),
        std::optional<std::optional<std::int64_t>>{std::in_place});
    thing_.id = MerchantId{8};
    EXPECT_EQ(Rows::update(db_, thing_), 0);
}

TEST_F(Columns, OfACurrencyThatIsNoneAreUnsound) {
    ASSERT_EQ(Rows::insert(db_, thing_, 0), 1);
    db_.script("UPDATE things SET currency = 'shillings'");
    EXPECT_THROW(static_cast<void>(find(7)), Unsound);
}

}  // namespace
}  // namespace lango::store

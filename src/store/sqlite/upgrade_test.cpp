// A database that an earlier version has filled, with what is refused today: brought up to date it
// keeps every text, and later rules know what it means.
#include <gtest/gtest.h>

#include "store/migrations.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/schema.hpp"

namespace lango::store {
namespace {

class Upgrade : public testing::Test {
  protected:
    void from(std::size_t version, const char* filled) {
        sqlite::migrate(db_, migrations().first(version));
        db_.script(filled);
        sqlite::migrate(db_, migrations());
    }
    std::string text(Sql sql) {
        return db_.first(sql, [](const Row& row) { return row.string(0); }).value_or("none");
    }

    sqlite::Connection db_{{.path = ":memory:", .vfs = "", .in_memory = true},
                           sqlite::Role::writer,
                           std::int64_t{1024} * 1024};
};

TEST_F(Upgrade, KeepsOddReceiptsAndKnowsWhatTheyAreReadAs) {
    from(21,
         "INSERT INTO receipts (receipt, subject_id, outcome, amount) VALUES "
         "('UKT000AA08', 1, 1, 100), ('ukt000aa09', 2, 1, 100), ('UKT000AA10 ', 3, 2, 100), "
         "('UKT0000000', 4, 1, 100), ('R1', 5, 3, 100), ('UKT000AA08/reversed', 6, 3, 100), "
         "('ABC1234567/reversed', 7, 1, 100), ('UKT000AA11' || char(10), 8, 1, 100);");
    EXPECT_EQ(text("SELECT CAST(COUNT(*) AS TEXT) FROM receipts"), "8");
    EXPECT_EQ(text("SELECT group_concat(receipt || '=' || COALESCE(reads, '?'), ',') FROM "
                   "(SELECT replace(receipt, char(10), '~') AS receipt, reads FROM odd_receipts "
                   "ORDER BY receipt)"),
              "ABC1234567/reversed=?,R1=?,UKT0000000=?,UKT000AA10 =UKT000AA10,"
              "UKT000AA11~=UKT000AA11,ukt000aa09=UKT000AA09");
}

constexpr const char* open_deposits =
    "INSERT INTO accounts (id, kind, owner, currency, may_be_negative, balance, held) "
    "VALUES (1, 1, 600123, 'KES', 1, 0, 0);"
    "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, currency, "
    "state, events, tries, due_at, pushed_at, flags, created_at) VALUES "
    "(1, 1, 'a', 'u', 254712345678, 100000, 'KES', 3, 1, 2, 5, 1, 0, 1), "
    "(2, 1, 'b', 'u', 254712345678, 100000, 'KES', 7, 1, 5, 5, 1, 0, 1), "
    "(3, 1, 'c', 'u', 254712345678, 100000, 'KES', 1, 1, 0, 5, NULL, 0, 1);";

TEST_F(Upgrade, GivesPushedDepositsTheOneAccountThatThereIs) {
    from(21, open_deposits);
    EXPECT_EQ(text("SELECT group_concat(COALESCE(shortcode, '-') || ':' || tries, ',') FROM "
                   "(SELECT * FROM deposits ORDER BY id)"),
              "600123:2,600123:1,-:0");
    EXPECT_EQ(text("SELECT CAST(COUNT(*) AS TEXT) FROM deposits WHERE fee IS NOT NULL"), "0");
}

TEST_F(Upgrade, GivesPushedDepositsNoneWhereThereAreTwo) {
    from(21, (std::string{open_deposits} +
              "INSERT INTO accounts (id, kind, owner, currency, may_be_negative, balance, held) "
              "VALUES (2, 1, 600999, 'KES', 1, 0, 0);")
                 .c_str());
    EXPECT_EQ(text("SELECT CAST(COUNT(*) AS TEXT) FROM deposits WHERE shortcode IS NOT NULL"), "0");
}

// One look at a key tells whether an id is taken, by what it was told as or would be today.
TEST_F(Upgrade, GivesIdsWithBlanksAroundThemTheKeysOfToday) {
    from(25,
         "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, amount, "
         "currency, state, events, tries, flags, created_at) VALUES "
         "(1, 1, 'a ', 'u', 254712345678, 100, 'KES', 6, 1, 0, 0, 1), "
         "(2, 1, 'b', 'u', 254712345678, 100, 'KES', 6, 1, 0, 0, 1), "
         "(3, 1, ' b', 'u', 254712345678, 100, 'KES', 6, 1, 0, 0, 1), "
         "(4, 2, ' a', 'u', 254712345678, 100, 'KES', 6, 1, 0, 0, 1), "
         "(5, 2, 'a' || char(9), 'u', 254712345678, 100, 'KES', 6, 1, 0, 0, 1);"
         "INSERT INTO withdrawals (id, merchant_id, withdrawal_id, label, phone, amount, fee, "
         "currency, comment, kind, state, events, sends, tries, not_found, flags, created_at) "
         "VALUES (9, 1, 'w ', 'u', 254712345678, 100, 0, 'KES', '', 1, 6, 1, 1, 0, 0, 0, 1);");
    EXPECT_EQ(text("SELECT group_concat(merchant_id || '[' || "
                   "replace(custom_transaction_id, char(9), '~') || ']' || deposit_id, ' ') "
                   "FROM (SELECT * FROM deposit_keys ORDER BY merchant_id, deposit_id, "
                   "custom_transaction_id)"),
              "1[a]1 1[a ]1 1[b]2 1[ b]3 2[ a]4 2[a]4 2[a~]5");
    EXPECT_EQ(text("SELECT group_concat('[' || withdrawal_id || ']' || id, ' ') FROM (SELECT * "
                   "FROM withdrawal_keys ORDER BY withdrawal_id)"),
              "[w]9 [w ]9");
}

TEST_F(Upgrade, KeepsWhatNobodyCouldReadAndTellsAddressesApart) {
    from(35,
         "INSERT INTO unreadable_messages (number, digest, door, subject, why, first_at, last_at, "
         "times, length, body, attended_at, attended_by, masked_at) VALUES "
         "(3, x'01', 5, 'a', 'why', 1, 2, 4, 5, x'ff', 6, 'anna', 7), "
         "(4, x'02', 1, 'b', 'why', 1, 2, 1, 0, x'', NULL, '', NULL);");
    EXPECT_EQ(text("SELECT group_concat(number || hex(digest) || door || subject || times || "
                   "hex(body) || COALESCE(attended_at, '-') || attended_by || "
                   "COALESCE(masked_at, '-'), ' ') FROM unreadable_messages"),
              "3015a4FF6anna7 4021b1--");
    db_.script(
        "INSERT INTO unreadable_messages (digest, door, subject, why, first_at, last_at, times, "
        "length, body, attended_by) VALUES (x'01', 5, 'c', 'why', 1, 2, 1, 5, x'ff', '')");
    EXPECT_EQ(text("SELECT CAST(COUNT(*) AS TEXT) FROM unreadable_messages"), "3");
}

}  // namespace
}  // namespace lango::store

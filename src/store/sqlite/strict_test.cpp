// That every table holds its columns to their types, and that a database of before comes there
// without a row being written anew (0046_strict.sql).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <vector>

#include "store/conformance.hpp"
#include "store/errors.hpp"
#include "store/migrations.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/schema.hpp"

namespace lango::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t before = 45;

class Strict : public testing::Test {
  protected:
    std::vector<std::string> texts(Sql sql) {
        std::vector<std::string> found;
        db_.each(sql, [&](const Row& row) { found.push_back(row.string(0)); });
        return found;
    }
    void migrate() {
        sqlite::migrate(db_, migrations(), [&](const std::string& told) { told_.push_back(told); });
    }
    // Every column of every table, and all that a row is made by.
    std::map<std::string, std::string> columns() {
        std::map<std::string, std::string> found;
        db_.each(
            "SELECT t.name || '.' || c.name, c.cid || ' ' || c.type || ' ' || (c.\"notnull\" OR "
            "c.pk > 0) || ' ' || COALESCE(c.dflt_value, '-') || ' ' || c.pk FROM sqlite_schema t, "
            "pragma_table_xinfo(t.name) c WHERE t.type = 'table'",
            [&](const Row& row) { found.emplace(row.string(0), row.string(1)); });
        return found;
    }
    void fill() {
        for (std::int64_t i = 1; i <= 500; ++i) {
            db_.run(
                "INSERT INTO deposits (id, merchant_id, custom_transaction_id, label, phone, "
                "amount, currency, state, events, tries, flags, created_at) VALUES (?1, ?2, ?3, "
                "'u', 254712345678, 100, 'KES', 1, 1, 0, 0, 1)",
                i * 7919 % 1009, i % 3, "order-" + std::to_string(i));
            db_.run(
                "INSERT INTO withdrawals (id, merchant_id, withdrawal_id, label, phone, amount, "
                "fee, currency, comment, kind, state, events, sends, tries, not_found, flags, "
                "created_at, signature, signed_form) VALUES (?1, ?2, ?3, 'u', 254712345678, 100, "
                "0, 'KES', '', 1, 1, 1, 0, 0, 0, 0, 1, ?4, ?5)",
                i * 7919 % 1009, i % 3, "out-" + std::to_string(i),
                i % 5 == 0 ? std::nullopt : std::optional{i / 2 - 100}, i % 2);
        }
    }

    test::Folder folder_;
    sqlite::Connection db_{
        {.path = folder_ / "db", .vfs = ""}, sqlite::Role::writer, std::int64_t{1024} * 1024};
    std::vector<std::string> told_;
};

TEST_F(Strict, EveryTableHoldsItsColumnsToTheirTypes) {
    migrate();
    EXPECT_THAT(texts("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND "
                      "name <> 'sqlite_schema'"),
                IsEmpty());
    EXPECT_THROW(db_.run("INSERT INTO rules (name, since) VALUES ('a', 'yesterday')"), Conflict);
    EXPECT_THAT(told_, IsEmpty()) << "a new database takes no time";
}

TEST_F(Strict, ColumnsAndRowsStayAsTheyWere) {
    sqlite::migrate(db_, migrations().first(before));
    fill();
    const auto columns_before = columns();
    const auto deposits = texts("SELECT id || custom_transaction_id FROM deposits ORDER BY id");
    const auto pages = [&] {
        return std::stoi(texts("SELECT CAST(page_count AS TEXT) FROM "
                               "pragma_page_count")
                             .front());
    };
    const auto pages_before = pages();
    sqlite::migrate(db_, migrations().first(before + 1),
                    [&](const std::string& told) { told_.push_back(told); });
    EXPECT_THAT(told_, ElementsAre(HasSubstr("reads the whole database once, ")));
    EXPECT_LE(pages(), pages_before + 4) << "the schema's own texts are a little longer";
    EXPECT_EQ(texts("SELECT id || custom_transaction_id FROM deposits ORDER BY id"), deposits);
    auto columns_after = columns();
    std::erase_if(columns_after, [](const auto& column) {
        return column.first.starts_with("deposit_keys.") ||
               column.first.starts_with("withdrawal_keys.") ||
               column.first.starts_with("withdrawal_signatures.");
    });
    EXPECT_EQ(columns_after, columns_before);
    EXPECT_THAT(texts("SELECT integrity_check FROM pragma_integrity_check"), ElementsAre("ok"));
}

TEST_F(Strict, KeysLeadToTheRowsTheyWereAnIndexOf) {
    sqlite::migrate(db_, migrations().first(before));
    fill();
    migrate();
    EXPECT_THAT(texts("SELECT CAST(COUNT(*) AS TEXT) FROM deposits d JOIN deposit_keys k USING "
                      "(merchant_id, custom_transaction_id, attempt) WHERE k.deposit_id = d.id"),
                ElementsAre("500"));
    EXPECT_THAT(texts("SELECT CAST(COUNT(*) AS TEXT) FROM withdrawals w JOIN withdrawal_keys k "
                      "USING (merchant_id, withdrawal_id) WHERE k.id = w.id"),
                ElementsAre("500"));
    EXPECT_THAT(texts("SELECT CAST(COUNT(*) AS TEXT) FROM withdrawals w JOIN "
                      "withdrawal_signatures s USING (signature, signed_form, id)"),
                ElementsAre("400"));
    EXPECT_THROW(db_.run("INSERT INTO deposit_keys (merchant_id, custom_transaction_id, attempt, "
                         "deposit_id) VALUES (1, 'order-1', 1, 5)"),
                 Conflict);
    db_.run(
        "INSERT INTO deposit_keys (merchant_id, custom_transaction_id, attempt, deposit_id) VALUES "
        "(1, 'order-1', 2, 5)");
    db_.run("DELETE FROM withdrawal_keys WHERE merchant_id = 1");
    EXPECT_THAT(texts("SELECT integrity_check FROM pragma_integrity_check"), ElementsAre("ok"));
}

TEST_F(Strict, AnotherConnectionSeesItsTables) {
    sqlite::migrate(db_, migrations().first(before));
    fill();
    sqlite::Connection other{
        {.path = folder_ / "db", .vfs = ""}, sqlite::Role::reader, std::int64_t{1024} * 1024};
    const auto count = [&] {
        return other.first("SELECT COUNT(*) FROM deposits",
                           [](const Row& row) { return row.integer(0); });
    };
    EXPECT_EQ(count(), 500);
    migrate();
    EXPECT_EQ(count(), 500);
    EXPECT_EQ(other.first("SELECT COUNT(*) FROM deposit_keys",
                          [](const Row& row) { return row.integer(0); }),
              500);
}

// No version wrote it; whoever did is told, and the version before opens the file as it was.
TEST_F(Strict, WhatIsOfAnotherTypeStopsItAndChangesNothing) {
    sqlite::migrate(db_, migrations().first(before));
    fill();
    db_.run("UPDATE deposits SET phone = 'nobody' WHERE custom_transaction_id = 'order-3'");
    try {
        migrate();
        FAIL() << "it went on";
    } catch (const Broken& why) {
        EXPECT_THAT(why.what(), HasSubstr("migration 46"));
        EXPECT_THAT(why.what(), HasSubstr("deposits.phone"));
    }
    EXPECT_EQ(sqlite::schema_version(db_), static_cast<int>(before));
    EXPECT_THAT(texts("SELECT name FROM sqlite_schema WHERE name = 'deposit_keys'"), IsEmpty());
    db_.run("UPDATE deposits SET phone = 254712345678 WHERE custom_transaction_id = 'order-3'");
    migrate();
    EXPECT_EQ(sqlite::schema_version(db_), static_cast<int>(migrations().size()));
}

}  // namespace
}  // namespace lango::store

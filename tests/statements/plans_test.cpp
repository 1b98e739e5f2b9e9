// The statements that run all the time find their rows by the index that was made for them. Most of
// these indexes are partial: they serve only a statement that says their condition in its text,
// which a number that is bound does not.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/words.hpp"
#include "tests/statements/engines.hpp"
#include "tests/statements/statements.hpp"

namespace lango::statements {

namespace {

struct Closes {
    void operator()(sqlite3* db) const { sqlite3_close(db); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

class Plans : public testing::Test {
  protected:
    Plans() {
        engines().front().open(folder_ / "db");
        sqlite3* db = nullptr;
        EXPECT_EQ(sqlite3_open((folder_ / "db").c_str(), &db), SQLITE_OK);
        db_.reset(db);
        const std::string volatile_schema{store::volatile_schema()};
        EXPECT_EQ(sqlite3_exec(db, volatile_schema.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    }
    // The first texts of a statement's rows.
    std::vector<std::string> texts(const std::string& sql, int column) {
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
            << sql;
        const std::unique_ptr<sqlite3_stmt, Closes> owner{statement};
        std::vector<std::string> found;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const auto* text = sqlite3_column_text(statement, column);
            found.emplace_back(reinterpret_cast<const char*>(text));
        }
        return found;
    }
    // "SEARCH deposits USING INDEX deposits_due (state=? AND due_at<?)", a line for each step.
    std::string plan(std::string_view sql) {
        std::string all;
        for (const auto& step : texts("EXPLAIN QUERY PLAN " + std::string{sql}, 3)) {
            all += step + "\n";
        }
        return all;
    }

  private:
    store::test::Folder folder_;
    std::unique_ptr<sqlite3, Closes> db_;
};

struct Hot {
    std::string_view part;   // of the statements that it is about
    std::string_view finds;  // in their plans
};

constexpr Hot hot[] = {
    // Incoming
    {"FROM deposits WHERE state = " LANGO_DEPOSIT_CREATED " AND due_at <= ?1",
     "USING COVERING INDEX deposits_due (state=? AND due_at<?)"},
    {"MIN(due_at) FROM deposits WHERE state = " LANGO_DEPOSIT_CREATED,
     "USING COVERING INDEX deposits_due (state=? AND due_at>?)"},
    {"FROM deposits WHERE state IN (" LANGO_DEPOSIT_ASKED_ABOUT ") AND due_at <= ?1",
     "USING INDEX deposits_due (state=? AND due_at<?)"},
    {"MIN(due_at) FROM deposits WHERE state = ?3",
     "USING INDEX deposits_due (state=? AND due_at>?)"},
    {"FROM deposits WHERE due_at IS NOT NULL AND state IN (" LANGO_DEPOSIT_OPEN ")",
     "INDEX deposits_due (state=? AND due_at>?)"},
    {"FROM deposits WHERE (flags & " LANGO_DEPOSIT_FLAG_ATTENTION ") <> 0",
     "USING INDEX deposits_attention"},
    {"FROM deposit_keys WHERE merchant_id = ?1 AND custom_transaction_id = ?2",
     "PRIMARY KEY (merchant_id=? AND custom_transaction_id=?"},
    {"FROM idempotency_keys WHERE merchant_id = ?1 AND key = ?2",
     "USING PRIMARY KEY (merchant_id=? AND key=?)"},
    // Outgoing
    {"FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_WAITING " AND due_at <= ?1",
     "USING COVERING INDEX withdrawals_due (state=? AND due_at<?)"},
    {"FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_QUEUED " AND due_at <= ?1",
     "USING INDEX withdrawals_due (state=? AND due_at<?)"},
    {"FROM withdrawals w WHERE w.state = " LANGO_WITHDRAWAL_QUEUED " AND w.due_at <= ?1",
     "USING INDEX withdrawals_due (state=? AND due_at<?)"},
    {"MIN(due_at) FROM withdrawals WHERE state = ",
     "USING INDEX withdrawals_due (state=? AND due_at>?)"},
    {"FROM withdrawals WHERE state IN (" LANGO_WITHDRAWAL_SUBMITTED ") AND due_at <= ?1",
     "USING INDEX withdrawals_due (state=? AND due_at<?)"},
    {"FROM withdrawals WHERE state = " LANGO_WITHDRAWAL_FAILED " AND due_at <= ?1",
     "USING INDEX withdrawals_due (state=? AND due_at<?)"},
    {"FROM withdrawals WHERE kind = " LANGO_KIND_TEST " AND due_at <= ?1",
     "USING INDEX withdrawals_tests (due_at<?)"},
    {"COUNT(*) FROM withdrawals WHERE closed_at IS NULL GROUP BY", "USING INDEX withdrawals_open"},
    {"FROM withdrawal_keys WHERE merchant_id = ?1 AND withdrawal_id = ?2",
     "PRIMARY KEY (merchant_id=? AND withdrawal_id=?)"},
    {"FROM withdrawal_signatures WHERE signature = ?1", "PRIMARY KEY (signature=?)"},
    {"FROM batches WHERE state = " LANGO_BATCH_RELEASING, "USING INDEX batches_released"},
    {"FROM batch_rows WHERE id >= ?1 AND id <= ?2",
     "USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
    {"FROM batch_rows WHERE phone = ?1", "batch_rows_of_phone (phone=?)"},
    // Postbacks
    {"FROM postbacks WHERE merchant_id = ?1 AND due_at <= ?2",
     "USING INDEX postbacks_due (merchant_id=? AND due_at<?)"},
    {"FROM webhook_events WHERE merchant_id = ?1 AND due_at <= ?2",
     "USING INDEX webhook_events_due (merchant_id=? AND due_at<?)"},
    {"FROM postbacks WHERE state = " LANGO_POSTBACK_EXHAUSTED, "INDEX postbacks_exhausted"},
    {"FROM webhook_events WHERE state = " LANGO_POSTBACK_EXHAUSTED,
     "INDEX webhook_events_exhausted"},
    // Lists: the latest rows by their key, and of what was found the row by its id
    {"result_code FROM deposits WHERE id < ?1 AND id >= ?2 ORDER BY id DESC",
     "SEARCH deposits USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
    {"CROSS JOIN deposits d WHERE d.id = f.id", "SEARCH d USING INTEGER PRIMARY KEY (rowid=?)"},
    {"CROSS JOIN withdrawals w WHERE w.id = f.id",
     "SEARCH withdrawals USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
    {"FROM refunds f CROSS JOIN withdrawals v",
     "SEARCH f USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
    {"CROSS JOIN postbacks p WHERE p.id = f.id", "(id>? AND id<?)"},
    {"FROM operator_acts WHERE at <= ?1", "USING INDEX operator_acts_by_time (at>? AND at<?)"},
    {"FROM operator_acts WHERE at <= ?1", "USING INDEX merchant_changes_by_time (at>? AND at<?)"},
    // Totals
    {"THEN amount ELSE 0 END) FROM deposits WHERE id >= ?1",
     "USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
    // The ledger
    {"FROM accounts WHERE kind = ?1 AND owner = ?2 AND currency = ?3",
     "(kind=? AND owner=? AND currency=?)"},
    {"FROM receipts WHERE receipt = ?1", "receipts USING PRIMARY KEY (receipt=?)"},
    {"FROM suspense_items WHERE allocated < amount", "USING INDEX suspense_items_open"},
};

TEST_F(Plans, OfTheHotStatementsUseTheirIndex) {
    for (const auto& [part, finds] : hot) {
        int about = 0;
        for (const auto& each : compiled()) {
            if (std::string_view{each.sql.text}.find(part) == std::string_view::npos) continue;
            ++about;
            EXPECT_NE(plan(each.sql.text).find(finds), std::string::npos)
                << each.sql.text << "\nis to go by: " << finds << "\nand goes by:\n"
                << plan(each.sql.text);
        }
        EXPECT_GT(about, 0) << "no statement has: " << part;
    }
}

// A number that is bound in place of one that is written is what this is about.
TEST_F(Plans, AreOthersWhenTheNumberIsBound) {
    EXPECT_NE(plan("SELECT COUNT(*) FROM postbacks WHERE state = " LANGO_POSTBACK_EXHAUSTED)
                  .find("postbacks_exhausted"),
              std::string::npos);
    EXPECT_EQ(plan("SELECT COUNT(*) FROM postbacks WHERE state = ?1").find("postbacks_exhausted"),
              std::string::npos);
}

TEST_F(Plans, LeaveNoPartialIndexUnused) {
    std::string all;
    for (const auto& each : compiled()) all += plan(each.sql.text);
    for (const auto& index :
         texts("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'", 0)) {
        EXPECT_NE(all.find(" " + index), std::string::npos) << index;
    }
}

}  // namespace

}  // namespace lango::statements

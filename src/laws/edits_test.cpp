// What `lango verify` sees of a hand in the database. One edit for every column of every table that
// money depends on, generated from the schema, so that a new column is edited by itself; and edits
// of every kind that somebody has tried, by the law that tells them. What no law sees is named here
// with its reason, and in docs/decisions/0027: only a chain of hashes could show it.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "laws/by_hand.hpp"
#include "laws/laws.hpp"
#include "laws/rich_day.hpp"
#include "ledger/verify.hpp"
#include "store/sqlite/connection.hpp"
#include "store/structure.hpp"

namespace lango::laws {
namespace {

using store::sqlite::Connection;

// Why no law sees an edit of a column.
constexpr const char* hint = "when it is looked at next, or how often it was: nothing follows";
constexpr const char* rails_word = "the rail's own word, told once";
constexpr const char* payers_word = "who was asked to pay: told to the rail alone";
constexpr const char* merchants_word = "what a merchant answered, told once";
constexpr const char* trail = "the trail itself";
constexpr const char* secret = "a keyed hash or a sealed key: nothing repeats it";
constexpr const char* beside_the_key = "whose hand writes it could write a hash of their own key";
constexpr const char* asked_once = "what was asked for, of which we can make no digest";
constexpr const char* taken = "which run has it in flight: nothing follows";
constexpr const char* told_once = "what a person was told, told once";
constexpr const char* until_paid = "what was asked for: its booking and its postback repeat it";
constexpr const char* until_told = "what was asked for: its postback or an approval repeats it";
constexpr const char* called = "a person is called who need not be";
constexpr const char* of_a_test = "a test moves no money";

const std::map<std::string, const char*>& unseen() {
    static const std::map<std::string, const char*> list{
        {"deposits.taken_in", taken},
        {"deposits.tries", hint},
        {"deposits.phone", payers_word},
        {"deposits.checkout_request_id", rails_word},
        {"deposits.merchant_request_id", rails_word},
        {"deposits.shortcode", rails_word},
        {"idempotency_keys.key", asked_once},
        {"installation_secrets.name", secret},
        {"installation_secrets.sealed", secret},
        {"lost_payouts.payout_id", rails_word},
        {"lost_payouts.phone", rails_word},
        {"lost_payouts.told_at", rails_word},
        {"merchant_changes.who", trail},
        {"merchants.access_key", secret},
        {"merchants.private_access_key", secret},
        {"merchants.private_key", secret},
        {"merchants.secret_hash", secret},
        {"merchants.webhook_secret", secret},
        {"operators.key_hash", secret},
        {"operators.key_is_own", beside_the_key},
        {"paybill_claims.phone", rails_word},
        {"paybill_claims.reference", rails_word},
        {"paybill_claims.shortcode", rails_word},
        {"paybill_payers.phone", rails_word},
        {"paybill_references.number", told_once},
        {"payout_halts.code", rails_word},
        {"payout_halts.description", rails_word},
        {"payout_halts.ended_at", trail},
        {"payout_halts.ended_by", trail},
        {"payout_halts.number", trail},
        {"payout_halts.probe_id", hint},
        {"payout_halts.what", rails_word},
        {"postback_attempts.answer", merchants_word},
        {"postback_attempts.status", merchants_word},
        {"postback_attempts.took", merchants_word},
        {"postbacks.due_at", hint},
        {"postbacks.taken_in", taken},
        {"rail_messages.body", rails_word},
        {"rail_messages.kind", rails_word},
        {"restorations.data_to", told_once},
        {"restorations.found_at", told_once},
        {"restorations.pulled_from", told_once},
        {"restorations.pulled_to", told_once},
        {"restorations.why", told_once},
        {"suspense_items.paid_at", rails_word},
        {"suspense_items.phone", rails_word},
        {"suspense_items.reason", rails_word},
        {"suspense_items.reference", rails_word},
        {"window_orders.code", told_once},
        {"window_orders.created_at", told_once},
        {"window_orders.fail_url", asked_once},
        {"window_orders.id", told_once},
        {"window_orders.pending_url", asked_once},
        {"window_orders.signed", asked_once},
        {"window_orders.success_url", asked_once},
        {"withdrawals.conversation_id", rails_word},
        {"withdrawals.knows_repeats", rails_word},
        {"withdrawals.not_found", hint},
        {"withdrawals.not_found_by", hint},
        {"withdrawals.originator_conversation_id", rails_word},
        {"withdrawals.payout_id", secret},  // follows from one
        {"withdrawals.taken_in", taken},
        {"withdrawals.tries", hint},
    };
    return list;
}

// Columns that a law sees in payments of some kinds, and in these not.
struct Missed {
    const char* kinds;
    const char* why;
};
const std::map<std::string, Missed>& unseen_in() {
    static const std::map<std::string, Missed> list{
        {"deposits.amount", {"expired; failed; prompted; pushing; verifying", until_paid}},
        {"deposits.due_at", {"expired; failed; prompted; pushing; verifying", hint}},
        {"deposits.fee", {"expired; failed; prompted; pushing; verifying", until_paid}},
        {"deposits.label", {"expired; failed; prompted; pushing; verifying", until_paid}},
        {"deposits.receipt", {"expired; failed; prompted; pushing; verifying", rails_word}},
        {"refunds.asked", {"payout", asked_once}},
        {"refunds.method", {"reversal of nobody's money", told_once}},
        {"refunds.retry_key", {"payout", asked_once}},
        {"withdrawals.comment",
         {"api sending; api unknown; api waiting; api waiting, approved; manual paid", until_told}},
        {"withdrawals.created_by", {"manual paid; test paid", trail}},
        {"withdrawals.due_at",
         {"api failed; api sending; api unknown; api waiting; api waiting, approved; reversal "
          "queued",
          hint}},
        {"withdrawals.fee", {"test paid", of_a_test}},
        {"withdrawals.flags",
         {"api failed; api paid; api paid, approved; api sending; api waiting; api waiting, "
          "approved; manual paid; refund paid; reversal paid; reversal queued; test paid",
          called}},
        {"withdrawals.label",
         {"api sending; api unknown; api waiting; api waiting, approved; manual paid; refund paid; "
          "reversal paid; reversal queued",
          until_told}},
        {"withdrawals.phone",
         {"api sending; api unknown; api waiting; refund paid; reversal paid; reversal queued",
          until_told}},
        {"withdrawals.result_code",
         {"api sending; api unknown; api waiting; api waiting, approved; reversal queued",
          rails_word}},
        {"withdrawals.shortcode",
         {"api failed; api sending; api unknown; api waiting; api waiting, approved; reversal "
          "paid; reversal queued; test paid",
          rails_word}},
        {"withdrawals.signed_form",
         {"manual paid; refund paid; reversal paid; reversal queued", asked_once}},
    };
    return list;
}

// Tables that no money depends on.
const std::set<std::string>& not_money() {
    static const std::set<std::string> list{
        "schema_migrations",  // the store's own, checked at each start
        "balance_scans",      // while balances are added up, else empty
        "booked_since",
        "audits",  // what audits found
        "breaches",
        "rules",
        "payout_float",    // what the rail says of its own money, asked again all the time
        "paybill_sweeps",  // how far a list was read: read again from there
        "window_prompts",  // counted for a limit
        "window_counts",   // likewise
        "passwords",       // what people show in the browser, hashed or sealed
        "totp_secrets",
        "recovery_codes",
        "browser_sessions",
        "invitations",
        "failed_attempts",       // counted for a limit
        "merchant_key_uses",     // when a key was used last
        "merchant_former_keys",  // sealed keys and hashes: nothing repeats them
        "untrimmed_ids",         // ids of before, filled once
        "webhook_events",        // what a merchant was told beside the postback
        "webhook_event_attempts",
        "told",                 // the mark outside says the same
        "odd_receipts",         // spellings of before, filled once
        "unreadable_messages",  // bodies that a person reads; they book nothing
        "unreadable_hours",
        "run",        // how runs ended: without it nothing is kept apart
        "set_aside",  // what stands in it is flagged, or due no more, in its own row
        "messages_in_work",
        "proposals",        // what people want done: the trail tells it, too
        "former_people",    // who was removed: the trail tells it, too
        "refused_keys",     // counts of what was tried
        "approvals_asked",  // how many were to approve: the events tell how many did
        "sessions",         // tokens that end by themselves
        "passkeys",         // whose hand writes them could write a key of their own
        "passkey_uses",     // signatures, which prove themselves
        "batches",     // what people want paid: each row that was made is a withdrawal of its own,
        "batch_rows",  // which the laws know, and no other is made under its id
    };
    return list;
}

struct Column {
    std::string table;
    std::string name;
    std::string type;
    bool nullable = false;
};

struct Seen {
    std::set<std::string> laws;
    int edits = 0;
    int seen = 0;
};

class Edits : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        copy_ =
            new Connection{{.path = "file:/lango-edits?vfs=memdb", .vfs = "", .in_memory = true},
                           store::sqlite::Role::writer,
                           std::int64_t{64} * 1024 * 1024};
        test::RichDay{*copy_}.live();
    }
    static void TearDownTestSuite() { delete copy_; }

    // The laws that the edit breaks; nothing when the database refuses it.
    static std::optional<std::set<std::string>> broken_by(const std::string& sql) {
        copy_->script("SAVEPOINT edit");
        std::optional<std::set<std::string>> laws;
        try {
            copy_->script(sql);
            laws.emplace();
            for (const auto& part : store::structure_parts(*copy_)) {
                if (!store::damage_of(*copy_, part).empty()) laws->insert("Structure");
            }
            for (const auto& proof : ledger::prove_all(*copy_, laws::all())) {
                if (!proof.findings.empty()) laws->insert(proof.law);
            }
        } catch (const store::Conflict&) {
            laws.reset();
        }
        copy_->script("ROLLBACK TO edit; RELEASE edit");
        return laws;
    }
    static std::vector<std::string> tables() {
        std::vector<std::string> found;
        copy_->each(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' "
            "ESCAPE '@' ORDER BY name",
            [&](const store::Row& row) {
                if (!not_money().contains(row.string(0))) found.push_back(row.string(0));
            });
        return found;
    }
    static std::vector<Column> columns(const std::string& table) {
        std::vector<Column> found;
        copy_->each(
            "SELECT name, type, \"notnull\" FROM pragma_table_info(?1)",
            [&](const store::Row& row) {
                found.push_back({.table = table,
                                 .name = row.string(0),
                                 .type = row.string(1),
                                 .nullable = row.integer(2) == 0});
            },
            table);
        return found;
    }
    static std::string key_of(const std::string& table) {
        std::string key;
        copy_->each(
            "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
            [&](const store::Row& row) { key += (key.empty() ? "" : ", ") + row.string(0); },
            table);
        return key;
    }
    static std::int64_t rows(const std::string& table) {
        copy_->script(
            "CREATE TEMP TABLE IF NOT EXISTS counted (n INTEGER); DELETE FROM counted; "
            "INSERT INTO counted SELECT COUNT(*) FROM " +
            table);
        return copy_
            ->first("SELECT n FROM counted", [](const store::Row& row) { return row.integer(0); })
            .value_or(0);
    }

    static Connection* copy_;
};
Connection* Edits::copy_ = nullptr;

// What to write instead, in the order in which it is tried.
std::vector<std::string> edits_of(const Column& column) {
    const auto& name = column.name;
    if (name == "merchant_id" || name == "owner") return {"3 - " + name, name + " + 1"};
    if (column.type == "BLOB") return {"CAST('by hand' AS BLOB)"};
    if (column.type == "TEXT") return {"COALESCE(" + name + ", '') || 'x'"};
    const bool time = name == "at" || name.ends_with("_at");
    const auto by = time ? std::string{"86400000000"} : std::string{"1"};
    return {"COALESCE(" + name + ", 0) + " + by, name + " + 1000003"};
}

// A way to edit one row; nothing when the database refuses all of them.
std::vector<std::string> updates_of(const Column& column, const std::string& where) {
    std::vector<std::string> all;
    for (const auto& edit : edits_of(column)) {
        std::string sql{"UPDATE "};
        sql += column.table + " SET " + column.name + " = " + edit + " WHERE " + where;
        all.push_back(std::move(sql));
    }
    return all;
}

constexpr std::int64_t rows_max = 10;  // of a table: the first ones, which were chosen

TEST_F(Edits, AreNoneInAWholeDay) {
    std::string broken;
    for (const auto& proof : ledger::prove_all(*copy_, laws::all())) {
        for (const auto& finding : proof.findings) {
            broken += finding.law + ": " + finding.text + "\n";
        }
        // Nobody was taken out of this day.
        if (proof.law != "MaskedSaySo")
            EXPECT_GT(proof.checked, 0U) << proof.law << " proved nothing";
    }
    EXPECT_EQ(broken, "");
    for (const auto& table : tables()) EXPECT_GT(rows(table), 0) << table << " has no row to edit";
}

TEST_F(Edits, OfEveryColumnAreSeenOrNamedWithTheirReason) {
    std::map<std::string, Seen> all;
    for (const auto& table : tables()) {
        const auto key = key_of(table);
        ASSERT_FALSE(key.empty()) << table;
        const auto count = rows(table);
        const auto step = std::max<std::int64_t>(1, count / rows_max);
        for (const auto& column : columns(table)) {
            auto& seen = all[table + "." + column.name];
            // Until one is seen: of those that are not, every row says so.
            for (std::int64_t row = 0; row < count && seen.seen == 0; row += step) {
                std::string where{"("};
                where += key + ") = (SELECT " + key + " FROM " + table + " ORDER BY " + key +
                         " LIMIT 1 OFFSET " + std::to_string(row) + ")";
                for (const auto& sql : updates_of(column, where)) {
                    const auto laws = broken_by(sql);
                    if (!laws) continue;  // refused: another one is tried
                    ++seen.edits;
                    if (!laws->empty()) ++seen.seen;
                    seen.laws.insert(laws->begin(), laws->end());
                    break;
                }
            }
        }
    }
    int named = 0;
    for (const auto& [column, seen] : all) {
        std::cout << column << ": " << seen.seen << " of " << seen.edits;
        for (const auto& law : seen.laws) std::cout << " " << law;
        const auto reason = unseen().find(column);
        if (reason != unseen().end()) std::cout << " -- unseen: " << reason->second;
        std::cout << "\n";
        if (seen.edits == 0) continue;
        if (reason != unseen().end()) {
            ++named;
            EXPECT_EQ(seen.seen, 0) << column << " is seen: take it off the list";
        } else {
            EXPECT_GT(seen.seen, 0) << column << " can be edited unseen";
        }
    }
    EXPECT_EQ(named, static_cast<int>(unseen().size())) << "a column of the list is gone";
    std::cout << all.size() << " columns, " << named << " of them unseen\n";
}

// What a payment is decides what else says the same of it: an edit may be seen in one state and not
// in another. Here every column is edited in payments of every kind and state that the day has.
struct Kinds {
    const char* table;
    const char* key;
    store::Sql rows;  // key and kind
};
constexpr std::array kinds_of_payments{
    Kinds{"deposits", "id",
          "SELECT d.id, CASE d.state WHEN 1 THEN 'created' WHEN 2 THEN 'pushing' WHEN 3 THEN "
          "'prompted' WHEN 4 THEN 'unknown' WHEN 5 THEN 'verifying' WHEN 6 THEN 'paid' "
          "WHEN 7 THEN 'failed' ELSE 'expired' END || CASE WHEN d.state = 6 AND EXISTS (SELECT 1 "
          "FROM suspense_items i WHERE i.credited_id = d.id) THEN ' from suspense' ELSE '' END "
          "FROM deposits d"},
    Kinds{"withdrawals", "id",
          "SELECT w.id, CASE w.kind WHEN 1 THEN 'api' WHEN 2 THEN 'manual' WHEN 3 THEN 'test' "
          "ELSE CASE (SELECT f.method FROM refunds f WHERE f.withdrawal_id = w.id) WHEN 1 THEN "
          "'reversal' ELSE 'refund' END END || ' ' || CASE w.state WHEN 1 THEN 'waiting' WHEN 2 "
          "THEN 'queued' WHEN 3 THEN 'sending' WHEN 4 THEN 'sent' WHEN 5 THEN 'unknown' WHEN 6 "
          "THEN 'paid' ELSE 'failed' END || CASE WHEN EXISTS (SELECT 1 FROM withdrawal_approvals "
          "a WHERE a.withdrawal_id = w.id) THEN ', approved' ELSE '' END FROM withdrawals w"},
    Kinds{"refunds", "withdrawal_id",
          "SELECT f.withdrawal_id, CASE f.method WHEN 1 THEN 'reversal' ELSE 'payout' END || "
          "CASE WHEN f.deposit_id IS NULL THEN ' of nobody''s money' ELSE '' END FROM refunds f"},
};

TEST_F(Edits, OfPaymentsOfEveryKindAreSeenOrNamedWithTheirReason) {
    constexpr std::size_t of_a_kind = 2;  // the first ones
    std::map<std::string, std::set<std::string>> missed;
    for (const auto& kinds : kinds_of_payments) {
        std::map<std::string, std::vector<std::int64_t>> rows;
        copy_->each(kinds.rows, [&](const store::Row& row) {
            auto& ids = rows[row.string(1)];
            if (ids.size() < of_a_kind) ids.push_back(row.integer(0));
        });
        for (const auto& column : columns(kinds.table)) {
            for (const auto& [kind, ids] : rows) {
                for (const auto id : ids) {
                    const auto where = std::string{kinds.key} + " = " + std::to_string(id);
                    std::optional<std::set<std::string>> laws;
                    for (const auto& sql : updates_of(column, where)) {
                        laws = broken_by(sql);
                        if (laws) break;
                    }
                    if (!laws) continue;
                    std::cout << column.table << "." << column.name << ", " << kind << ":";
                    for (const auto& law : *laws) std::cout << " " << law;
                    if (laws->empty()) {
                        std::cout << " unseen";
                        missed[column.table + "." + column.name].insert(kind);
                    }
                    std::cout << "\n";
                }
            }
        }
    }
    for (const auto& [column, kinds] : missed) {
        if (unseen().contains(column)) continue;
        std::string all;
        for (const auto& kind : kinds) all += (all.empty() ? "" : "; ") + kind;
        const auto named = unseen_in().find(column);
        ASSERT_TRUE(named != unseen_in().end()) << column << " can be edited unseen: " << all;
        EXPECT_EQ(all, named->second.kinds) << column;
    }
    for (const auto& [column, named] : unseen_in()) {
        EXPECT_TRUE(missed.contains(column)) << column << " is seen: take it off the list";
    }
}

TEST_F(Edits, OfEveryKindAreSeenByTheLawThatTheyBreak) {
    int unseen = 0;
    for (const auto& edit : test::by_hand()) {
        const auto laws = broken_by(test::with_rows(edit.sql));
        ASSERT_TRUE(laws) << edit.what << ": the database refuses it";
        std::string told;
        for (const auto& law : *laws) told += (told.empty() ? "" : ", ") + law;
        std::cout << edit.what << ": " << (told.empty() ? "unseen" : told) << "\n";
        if (*edit.law == '\0') {
            ++unseen;
            EXPECT_EQ(told, "") << edit.what << " is seen: say by which law";
        } else {
            EXPECT_TRUE(laws->contains(edit.law)) << edit.what << ": " << told;
        }
    }
    std::cout << test::by_hand().size() << " edits, " << unseen << " of them unseen\n";
}

}  // namespace
}  // namespace lango::laws

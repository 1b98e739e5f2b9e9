#include "privacy/mask.hpp"

#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "privacy/bodies.hpp"
#include "privacy/hide.hpp"
#include "store/words.hpp"
#include "suspense/rest.hpp"

namespace lango::privacy {

namespace {

// Of deposits::EventKind and of withdrawals::EventKind.
constexpr int masked_event = 30;
constexpr int other_recipient = 23;  // of withdrawals; its detail was a whole number before

struct Closed {
    std::int64_t phone = 0;
    std::string receipt;
};

std::optional<Closed> closed_deposit(store::Reader& reader, std::int64_t id, Instant before) {
    return reader.first(
        "SELECT phone, COALESCE(receipt, '') FROM deposits d WHERE id = ?1 AND phone > 0 "
        "AND state IN (" LANGO_DEPOSIT_CLOSED
        ") AND due_at IS NULL AND (flags & " LANGO_DEPOSIT_FLAG_ATTENTION
        ") = 0 AND closed_at < ?2 AND NOT EXISTS (SELECT 1 FROM suspense_items i WHERE i.about_id "
        "= d.id AND NOT " LANGO_ITEM_IS_OVER
        ") "
        "AND NOT EXISTS (SELECT 1 FROM postbacks p WHERE p.subject_id = d.id AND "
        "p.state <> " LANGO_POSTBACK_DELIVERED
        ") AND NOT EXISTS (SELECT 1 FROM webhook_events e WHERE e.id = d.id AND e.due_at IS NOT "
        "NULL) "
        "AND NOT EXISTS (SELECT 1 FROM refunds r JOIN withdrawals w ON w.id = r.withdrawal_id "
        "WHERE r.deposit_id = d.id AND (w.closed_at IS NULL OR w.closed_at >= ?2))",
        [](const store::Row& row) {
            return Closed{.phone = row.integer(0), .receipt = row.string(1)};
        },
        id, before);
}

std::optional<Closed> closed_withdrawal(store::Reader& reader, std::int64_t id, Instant before) {
    return reader.first(
        "SELECT phone FROM withdrawals w WHERE id = ?1 AND phone > 0 AND state IN "
        "(" LANGO_WITHDRAWAL_CLOSED
        ") AND due_at IS NULL AND (flags & " LANGO_WITHDRAWAL_FLAG_ATTENTION
        ") = 0 AND closed_at < ?2 AND NOT EXISTS (SELECT 1 FROM postbacks p WHERE p.subject_id = "
        "w.id AND "
        "p.state <> " LANGO_POSTBACK_DELIVERED ")",
        [](const store::Row& row) { return Closed{.phone = row.integer(0), .receipt = {}}; }, id,
        before);
}

void hide_payer(store::Tx& tx, const crypto::MasterKey& master, std::string_view receipt) {
    const auto phone = tx.first(
        "SELECT phone FROM paybill_payers WHERE receipt = ?1 AND phone NOT LIKE 'masked%'",
        [](const store::Row& row) { return row.string(0); }, receipt);
    if (!phone) return;
    tx.run("UPDATE paybill_payers SET phone = ?2 WHERE receipt = ?1", receipt,
           hidden_text(master, *phone));
}

// Of a payment that is over: what claimed it before the rail's list proved it.
void hide_claim(store::Tx& tx, const crypto::MasterKey& master, std::string_view receipt) {
    struct Claim {
        std::int64_t id;
        std::string phone;
    };
    const auto claim = tx.first(
        "SELECT id, phone FROM paybill_claims WHERE receipt = ?1 AND settled_at IS NOT NULL "
        "AND phone NOT LIKE 'masked%'",
        [](const store::Row& row) { return Claim{.id = row.integer(0), .phone = row.string(1)}; },
        receipt);
    if (!claim) return;
    tx.run("UPDATE paybill_claims SET phone = ?2, reference = '' WHERE receipt = ?1", receipt,
           hidden_text(master, claim->phone));
    hide_messages(tx, claim->id);
}

bool mask_deposit(store::Tx& tx, const crypto::MasterKey& master, std::int64_t id, Instant before,
                  Instant now) {
    const auto found = closed_deposit(tx, id, before);
    if (!found) return false;
    const auto phone = Msisdn::from_number(found->phone);
    tx.run("UPDATE deposits SET phone = ?2, events = events + 1 WHERE id = ?1", id,
           hidden_number(master, phone));
    tx.run(
        "INSERT INTO deposit_events (deposit_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, '' FROM deposits WHERE id = ?1",
        id, now, masked_event);
    if (!found->receipt.empty()) {
        hide_payer(tx, master, found->receipt);
        hide_claim(tx, master, found->receipt);
    }
    tx.run("UPDATE webhook_events SET body = '' WHERE id = ?1", id);
    tx.run("UPDATE webhook_event_attempts SET answer = '' WHERE event_id = ?1", id);
    hide_messages(tx, id);
    hide_answers(tx, id);
    return true;
}

bool mask_withdrawal(store::Tx& tx, const crypto::MasterKey& master, std::int64_t id,
                     Instant before, Instant now) {
    const auto found = closed_withdrawal(tx, id, before);
    if (!found) return false;
    tx.run("UPDATE withdrawals SET phone = ?2, comment = '', events = events + 1 WHERE id = ?1", id,
           hidden_number(master, Msisdn::from_number(found->phone)));
    tx.run(
        "INSERT INTO withdrawal_events (withdrawal_id, number, at, state, kind, detail) "
        "SELECT id, events, ?2, state, ?3, '' FROM withdrawals WHERE id = ?1",
        id, now, masked_event);
    tx.run("UPDATE withdrawal_events SET detail = '' WHERE withdrawal_id = ?1 AND kind = ?2", id,
           other_recipient);
    // The recipient stands in it. The digest stays: it proves bytes that the merchant may show.
    tx.run("UPDATE postbacks SET tail = '' WHERE subject_id = ?1", id);
    hide_messages(tx, id);
    hide_answers(tx, id);
    return true;
}

// The upper bits of a row's id are its batch's number. A withdrawal under its id that is another
// recipient's is not its own.
bool mask_batch_row(store::Tx& tx, const crypto::MasterKey& master, std::int64_t id,
                    Instant before) {
    const auto phone = tx.first(
        "SELECT r.phone FROM batch_rows r JOIN batches b ON b.number = r.id / 65536 "
        "WHERE r.id = ?1 AND r.phone > 0 AND b.state IN (" LANGO_BATCH_ENDED
        ") AND b.ended_at < ?2 AND NOT EXISTS (SELECT 1 FROM withdrawal_keys k JOIN withdrawals w "
        "ON w.id = k.id WHERE k.merchant_id = b.merchant_id AND k.withdrawal_id = "
        "r.withdrawal_id AND w.phone = r.phone)",
        [](const store::Row& row) { return row.integer(0); }, id, before);
    if (!phone) return false;
    tx.run("UPDATE batch_rows SET phone = ?2, comment = '' WHERE id = ?1", id,
           hidden_number(master, Msisdn::from_number(*phone)));
    return true;
}

bool mask_suspense(store::Tx& tx, const crypto::MasterKey& master, std::int64_t id,
                   Instant before) {
    struct Item {
        std::string receipt;
        std::string phone;
    };
    const auto found = tx.first(
        "SELECT receipt, phone FROM suspense_items i WHERE id = ?1 AND phone NOT LIKE 'masked%' "
        "AND " LANGO_ITEM_IS_OVER,
        [](const store::Row& row) {
            return Item{.receipt = row.string(0), .phone = row.string(1)};
        },
        id, before);
    if (!found) return false;
    tx.run("UPDATE suspense_items SET phone = ?2, reference = '' WHERE id = ?1", id,
           hidden_text(master, found->phone));
    hide_claim(tx, master, found->receipt);
    hide_payer(tx, master, found->receipt);
    hide_messages(tx, id);
    return true;
}

// Messages under the id of a payment whose row is gone: nothing else leads to them.
bool mask_messages(store::Tx& tx, std::int64_t subject, Instant before) {
    const bool may_go =
        tx.first(
              "SELECT 1 FROM rail_messages m WHERE m.subject_id = ?1 "
              "AND NOT EXISTS (SELECT 1 FROM deposits WHERE id = ?1) "
              "AND NOT EXISTS (SELECT 1 FROM withdrawals WHERE id = ?1) "
              "AND NOT EXISTS (SELECT 1 FROM suspense_items i WHERE i.id = ?1 "
              "OR (i.reference = ?3 AND NOT " LANGO_ITEM_IS_OVER
              ")) "
              "AND NOT EXISTS (SELECT 1 FROM paybill_claims WHERE id = ?1) "
              "AND NOT EXISTS (SELECT 1 FROM lost_payouts WHERE withdrawal_id = ?1 "
              "AND settled_at IS NULL) "
              "AND NOT EXISTS (SELECT 1 FROM rail_messages y WHERE y.subject_id = ?1 "
              "AND y.at >= ?2) AND m.body NOT LIKE 'masked: sha256 %' LIMIT 1",
              [](const store::Row&) { return true; }, subject, before,
              "order " + hex16(subject))  // as its money is called in suspense
            .has_value();
    if (may_go) hide_messages(tx, subject);
    return may_go;
}

bool mask_unreadable(store::Tx& tx, const crypto::MasterKey& master, std::int64_t number,
                     Instant before, Instant now) {
    const auto body = tx.first(
        "SELECT body FROM unreadable_messages WHERE number = ?1 AND masked_at IS NULL "
        "AND attended_at < ?2 AND last_at < ?2",
        [](const store::Row& row) { return row.string(0); }, number, before);
    if (!body) return false;
    const auto hidden = hidden_body(master, *body);
    tx.run("UPDATE unreadable_messages SET body = ?2, masked_at = ?3 WHERE number = ?1", number,
           store::Blob{hidden}, now);
    return true;
}

bool mask_lost(store::Tx& tx, const crypto::MasterKey& master, std::int64_t id, Instant before) {
    struct Lost {
        std::int64_t withdrawal;
        std::string phone;
    };
    const auto found = tx.first(
        "SELECT withdrawal_id, phone FROM lost_payouts WHERE rowid = ?1 AND settled_at < ?2 "
        "AND phone <> '' AND phone NOT LIKE 'masked%'",
        [](const store::Row& row) {
            return Lost{.withdrawal = row.integer(0), .phone = row.string(1)};
        },
        id, before);
    if (!found) return false;
    tx.run("UPDATE lost_payouts SET phone = ?2 WHERE rowid = ?1", id,
           hidden_text(master, found->phone));
    mask_messages(tx, found->withdrawal, before);
    return true;
}

// Booked or dismissed, whichever came last. What it became may not be masked yet: an order that is
// disputed or young, an item with money.
bool mask_claim(store::Tx& tx, const crypto::MasterKey& master, std::int64_t row, Instant before) {
    struct Claim {
        std::int64_t id = 0;  // of its message
        std::string phone;
    };
    const auto found = tx.first(
        "SELECT id, phone FROM paybill_claims c WHERE rowid = ?1 AND phone NOT LIKE 'masked%' "
        "AND COALESCE(settled_at, dismissed_at) < ?2 AND COALESCE(dismissed_at, settled_at) < ?2 "
        "AND NOT EXISTS (SELECT 1 FROM suspense_items i WHERE i.receipt = c.receipt "
        "AND NOT " LANGO_ITEM_IS_OVER ")",
        [](const store::Row& claim) {
            return Claim{.id = claim.integer(0), .phone = claim.string(1)};
        },
        row, before);
    if (!found) return false;
    std::vector<std::int64_t> orders;
    tx.each(
        "SELECT d.id FROM paybill_claims c JOIN deposits d ON d.phone > 0 AND (d.id = c.about_id "
        "OR d.id = (SELECT r.subject_id FROM receipts r WHERE r.receipt = c.receipt)) "
        "WHERE c.rowid = ?1",
        [&](const store::Row& order) { orders.push_back(order.integer(0)); }, row);
    for (const auto order : orders) {
        if (!closed_deposit(tx, order, before)) return false;
    }
    tx.run("UPDATE paybill_claims SET phone = ?2, reference = '' WHERE rowid = ?1", row,
           hidden_text(master, found->phone));
    hide_messages(tx, found->id);
    return true;
}

// The one that a person has read in its place among the unreadable ones: the same bytes.
bool is_read(store::Reader& reader, std::string_view body, Instant before) {
    const auto digest = crypto::sha256(body);
    return reader
        .first(
            // Of each of those that it was kept for.
            "SELECT 1 FROM unreadable_messages WHERE digest = ?1 GROUP BY digest "
            "HAVING COUNT(*) = COUNT(attended_at) AND MAX(attended_at) < ?2 AND MAX(last_at) < ?2",
            [](const store::Row&) { return true; }, store::Blob{crypto::view(digest)}, before)
        .has_value();
}

// Its digest stays: repeated by the rail it is known, and not read.
bool mask_in_work(store::Tx& tx, const crypto::MasterKey& master, std::int64_t number,
                  Instant before) {
    const auto body = tx.first(
        "SELECT body FROM messages_in_work WHERE number = ?1 AND at < ?2 "
        "AND EXISTS (SELECT 1 FROM set_aside WHERE kind = " LANGO_SET_ASIDE_MESSAGE " AND id = ?1)",
        [](const store::Row& row) { return row.string(0); }, number, before);
    if (!body || is_hidden_body(*body) || !is_read(tx, *body, before)) return false;
    const auto hidden = hidden_body(master, *body);
    tx.run("UPDATE messages_in_work SET body = ?2 WHERE number = ?1", number, store::Blob{hidden});
    return true;
}

}  // namespace

Candidates candidates(store::Reader& reader, Table table, std::int64_t after, Instant closed_before,
                      std::size_t looked_at) {
    Candidates found{.ids = {}, .next = after, .more = false};
    std::size_t seen = 0;
    const auto look = [&](store::Sql sql) {
        reader.each(
            sql,
            [&](const store::Row& row) {
                ++seen;
                found.next = row.integer(0);
                if (row.integer(1) != 0) found.ids.push_back(row.integer(0));
            },
            after, closed_before, static_cast<std::int64_t>(looked_at));
    };
    switch (table) {
        case Table::deposits:
            look(
                "SELECT id, phone > 0 AND COALESCE(closed_at < ?2, 0) FROM deposits "
                "WHERE id > ?1 AND created_at < ?2 ORDER BY id LIMIT ?3");
            break;
        case Table::withdrawals:
            look(
                "SELECT id, phone > 0 AND COALESCE(closed_at < ?2, 0) FROM withdrawals "
                "WHERE id > ?1 AND created_at < ?2 ORDER BY id LIMIT ?3");
            break;
        case Table::suspense:
            look(
                "SELECT id, phone NOT LIKE 'masked%' FROM suspense_items "
                "WHERE id > ?1 AND booked_at < ?2 ORDER BY id LIMIT ?3");
            break;
        case Table::unreadable:
            look(
                "SELECT number, masked_at IS NULL AND COALESCE(attended_at < ?2, 0) "
                "AND last_at < ?2 FROM unreadable_messages WHERE number > ?1 AND first_at < ?2 "
                "ORDER BY number LIMIT ?3");
            break;
        case Table::lost:
            look(
                "SELECT rowid, COALESCE(settled_at < ?2, 0) AND phone <> '' "
                "AND phone NOT LIKE 'masked%' FROM lost_payouts WHERE rowid > ?1 "
                "AND told_at < ?2 ORDER BY rowid LIMIT ?3");
            break;
        case Table::claims:
            look(
                "SELECT rowid, COALESCE(COALESCE(settled_at, dismissed_at) < ?2, 0) "
                "AND phone NOT LIKE 'masked%' FROM paybill_claims WHERE rowid > ?1 "
                "AND at < ?2 ORDER BY rowid LIMIT ?3");
            break;
        case Table::in_work:
            look(
                "SELECT number, 1 FROM messages_in_work "
                "WHERE number > ?1 AND at < ?2 ORDER BY number LIMIT ?3");
            break;
        case Table::batch_rows:
            look(
                "SELECT r.id, COALESCE(r.phone, 0) > 0 AND COALESCE(b.ended_at < ?2, 0) "
                "FROM batch_rows r JOIN batches b ON b.number = r.id / 65536 "
                "WHERE r.id > ?1 AND b.uploaded_at < ?2 ORDER BY r.id LIMIT ?3");
            break;
        case Table::messages:
            look(
                "SELECT m.subject_id, MAX(m.at) < ?2 AND MAX(m.body NOT LIKE 'masked: sha256 %') "
                "AND NOT EXISTS (SELECT 1 FROM deposits d WHERE d.id = m.subject_id) "
                "AND NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.id = m.subject_id) "
                "FROM rail_messages m WHERE m.subject_id > ?1 GROUP BY m.subject_id "
                "ORDER BY m.subject_id LIMIT ?3");
            break;
    }
    found.more = seen == looked_at;
    return found;
}

bool mask(store::Tx& tx, const crypto::MasterKey& master, Table table, std::int64_t id,
          Instant closed_before, Instant now) {
    switch (table) {
        case Table::deposits:
            return mask_deposit(tx, master, id, closed_before, now);
        case Table::withdrawals:
            return mask_withdrawal(tx, master, id, closed_before, now);
        case Table::suspense:
            return mask_suspense(tx, master, id, closed_before);
        case Table::unreadable:
            return mask_unreadable(tx, master, id, closed_before, now);
        case Table::lost:
            return mask_lost(tx, master, id, closed_before);
        case Table::claims:
            return mask_claim(tx, master, id, closed_before);
        case Table::in_work:
            return mask_in_work(tx, master, id, closed_before);
        case Table::batch_rows:
            return mask_batch_row(tx, master, id, closed_before);
        case Table::messages:
            return mask_messages(tx, id, closed_before);
    }
    return false;
}

}  // namespace lango::privacy

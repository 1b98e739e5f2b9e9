#include "ledger/invariants/suspense_explained.hpp"

#include "ledger/invariants/proof.hpp"
#include "store/words.hpp"

namespace lango::ledger {

namespace {

std::optional<std::int64_t> item_amount(store::Reader& reader, std::int64_t id) {
    return reader.first(
        "SELECT amount FROM suspense_items WHERE id = ?1",
        [](const store::Row& row) { return row.integer(0); }, id);
}

// Outcome 2 is deposit_to_suspense, account kind 4 suspense.
void bookings(store::Reader& reader, const Slice& slice, Proof& proof) {
    find(reader, proof, slice,
         "SELECT i.id, i.receipt, i.amount, COALESCE(SUM(p.amount), 0) FROM suspense_items i "
         "LEFT JOIN postings p ON p.subject_id = i.id AND p.outcome = " LANGO_BOOKED_TO_SUSPENSE
         " AND p.account_id IN (SELECT id FROM accounts WHERE kind = " LANGO_ACCOUNT_SUSPENSE
         ") WHERE i.id BETWEEN ?1 AND ?2 GROUP BY i.id, i.receipt, i.amount HAVING "
         "COALESCE(SUM(p.amount), 0) <> i.amount",
         [](const store::Row& row) {
             return "item " + hex16(row.integer(0)) + " of receipt " + row.string(1) + " says " +
                    std::to_string(row.integer(2)) + ", booked was " +
                    std::to_string(row.integer(3));
         });
    find(reader, proof, slice,
         "SELECT p.subject_id, p.outcome FROM postings p JOIN accounts s ON s.id = p.account_id "
         "LEFT JOIN suspense_items i ON i.id = p.subject_id "
         "WHERE p.subject_id BETWEEN ?1 AND ?2 AND p.outcome = " LANGO_BOOKED_TO_SUSPENSE
         " AND s.kind = " LANGO_ACCOUNT_SUSPENSE " AND i.id IS NULL",
         [](const store::Row& row) { return transaction_text(row) + ": no item says what it is"; });
}

// Outcome 1 is deposit_paid.
#define LANGO_ALLOCATED_ITEMS                                                                    \
    "SELECT i.id, i.receipt, i.allocated, SUM(p.amount) FROM suspense_items i "                  \
    "LEFT JOIN postings p ON p.subject_id = i.credited_id AND p.outcome = " LANGO_BOOKED_DEPOSIT \
    " AND p.account_id IN (SELECT id FROM accounts WHERE kind = " LANGO_ACCOUNT_SUSPENSE         \
    ") WHERE "
// Grouped by what it is found by, so that the index gives the order.
#define LANGO_GAVE_WHAT_NO_DEPOSIT_TOOK                      \
    " GROUP BY i.credited_id, i.id, i.receipt, i.allocated " \
    "HAVING COALESCE(SUM(p.amount), 0) <> -i.allocated OR i.allocated > MAX(i.amount)"

std::string gave(const store::Row& row) {
    return "item " + hex16(row.integer(0)) + " of receipt " + row.string(1) + " gave " +
           std::to_string(row.integer(2)) +
           (row.is_null(3) ? ", which no deposit has"
                           : ", its deposit took " + std::to_string(-row.integer(3)));
}

// What was given to an order is its merchant's and goes back from him.
void refunds(store::Reader& reader, const Slice& slice, Proof& proof) {
    find(reader, proof, slice,
         "SELECT i.id, i.receipt, i.allocated, SUM(h.amount) FROM suspense_items i "
         "JOIN refunds f ON f.receipt = i.receipt "
         "JOIN holds h ON h.subject_id = f.withdrawal_id AND h.state IN (" LANGO_HOLD_OPEN
         ", " LANGO_HOLD_CAPTURED
         ") "
         "JOIN accounts s ON s.id = h.account_id AND s.kind = " LANGO_ACCOUNT_SUSPENSE
         " WHERE i.id BETWEEN ?1 AND ?2 "
         "GROUP BY i.id, i.receipt, i.allocated, i.amount, i.written_off "
         "HAVING i.allocated + i.written_off + SUM(h.amount) > i.amount",
         [](const store::Row& row) {
             return "item " + hex16(row.integer(0)) + " of receipt " + row.string(1) + " gave " +
                    std::to_string(row.integer(2)) + ", and " + std::to_string(row.integer(3)) +
                    " of it go back";
         });
}

// What left as a payout (outcomes 3 and 4) is its refund's matter; what was written off stands
// with the fees.
void balance(store::Reader& reader, Proof& proof) {
    reader.each(
        "SELECT a.stands, i.says, o.gone FROM "
        "(SELECT COALESCE(SUM(balance), 0) AS stands FROM accounts WHERE "
        "kind = " LANGO_ACCOUNT_SUSPENSE
        ") a, (SELECT COALESCE(SUM(amount - allocated - written_off), 0) AS says FROM "
        "suspense_items) "
        "i, "
        "(SELECT COALESCE(SUM(p.amount), 0) AS gone FROM refunds f JOIN postings p "
        "ON p.subject_id = f.withdrawal_id AND p.outcome IN (" LANGO_BOOKED_OUT
        ") JOIN accounts s ON s.id = p.account_id WHERE s.kind = " LANGO_ACCOUNT_SUSPENSE
        ") o WHERE a.stands <> i.says + o.gone",
        [&](const store::Row& row) {
            add(proof, "the account holds " +
                           off_by(row.integer(0), row.integer(1) + row.integer(2)) +
                           " than its items say");
        });
}

}  // namespace

void SuspenseExplained::check_change(store::Reader& reader, const Transaction& change) const {
    for (const auto& posting : change.postings) {
        if (posting.account.kind != AccountKind::suspense || posting.amount.minor() <= 0) continue;
        if (item_amount(reader, change.subject_id) != posting.amount.minor()) {
            throw LawBroken{"SuspenseExplained: payment " + hex16(change.subject_id) +
                            " goes to suspense, and no item says why"};
        }
    }
}

void SuspenseExplained::check_payment(store::Reader& reader, std::int64_t subject_id) const {
    expect_none(reader, name(),
                LANGO_ALLOCATED_ITEMS
                "i.credited_id BETWEEN ?1 AND ?2" LANGO_GAVE_WHAT_NO_DEPOSIT_TOOK,
                subject_id, gave);
}

void SuspenseExplained::prove(store::Reader& reader, const Slice& slice, Proof& proof) const {
    if (slice.walk == Slice::Walk::whole) balance(reader, proof);
    if (slice.walk != Slice::Walk::subjects) return;
    count(reader, proof, slice, "SELECT COUNT(*) FROM suspense_items WHERE id BETWEEN ?1 AND ?2");
    bookings(reader, slice, proof);
    if (slice.is_payout) return;
    find(reader, proof, slice,
         LANGO_ALLOCATED_ITEMS "i.credited_id BETWEEN ?1 AND ?2" LANGO_GAVE_WHAT_NO_DEPOSIT_TOOK,
         gave);
    find(reader, proof, slice,
         LANGO_ALLOCATED_ITEMS
         "i.id BETWEEN ?1 AND ?2 AND i.allocated <> 0 "
         "AND i.credited_id IS NULL" LANGO_GAVE_WHAT_NO_DEPOSIT_TOOK,
         gave);
    refunds(reader, slice, proof);
}

}  // namespace lango::ledger

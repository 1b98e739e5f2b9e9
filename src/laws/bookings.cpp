// That what is booked, held and given back is the payment's own.
#include "laws/texts.hpp"
#include "store/words.hpp"

namespace lango::laws {

namespace {

using enum ledger::Slice::Walk;

constexpr std::array bookings{
    Finds{subjects,
          "SELECT 'payment', t.subject_id, ' is booked with an outcome that there is not' "
          "FROM ledger_transactions t WHERE t.subject_id BETWEEN ?1 AND ?2 "
          "AND t.outcome NOT IN (" LANGO_BOOKED_ANY ")"},
    // From the rail or from suspense, to its merchant, and the rest of it is our fee.
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is not booked as a deposit of its merchant''s' "
          "FROM deposits d JOIN ledger_transactions t ON t.subject_id = d.id AND "
          "t.outcome = " LANGO_BOOKED_DEPOSIT
          " LEFT JOIN postings p ON p.subject_id = d.id AND p.outcome = " LANGO_BOOKED_DEPOSIT
          " LEFT JOIN accounts a ON a.id = p.account_id WHERE d.id BETWEEN ?1 AND ?2 GROUP BY d.id "
          "HAVING "
          "SUM(CASE WHEN p.line = 1 AND a.kind IN (" LANGO_ACCOUNT_RAIL ", " LANGO_ACCOUNT_SUSPENSE
          ") AND p.amount = -d.amount THEN 1 ELSE 0 END) <> 1 OR SUM(CASE WHEN p.line = 2 AND "
          "a.kind = " LANGO_ACCOUNT_MERCHANT
          " AND a.owner = d.merchant_id AND p.amount >= 0 THEN 1 ELSE 0 END) <> 1 OR COUNT(*) <> 2 "
          "+ SUM(CASE WHEN p.line = 3 "
          "AND a.kind = " LANGO_ACCOUNT_FEES " AND p.amount > 0 THEN 1 ELSE 0 END)"},
    // The commission of the day when it was created.
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is booked with another fee than was fixed' FROM deposits d "
          "JOIN ledger_transactions t ON t.subject_id = d.id AND t.outcome = " LANGO_BOOKED_DEPOSIT
          " LEFT JOIN postings p ON p.subject_id = d.id AND p.outcome = " LANGO_BOOKED_DEPOSIT
          " AND p.line = 3 WHERE d.id BETWEEN ?1 AND ?2 AND d.fee IS NOT NULL AND "
          "COALESCE(p.amount, 0) <> d.fee"},
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is booked at another time than it was paid' FROM deposits d "
          "JOIN ledger_transactions t ON t.subject_id = d.id AND t.outcome = " LANGO_BOOKED_DEPOSIT
          " WHERE d.id BETWEEN ?1 AND ?2 AND (d.closed_at IS NULL OR t.booked_at <> d.closed_at)"},
    Finds{subjects,
          "SELECT 'item', i.id, ' is not booked from the rail to suspense' FROM suspense_items i "
          "LEFT JOIN postings p ON p.subject_id = i.id AND p.outcome = " LANGO_BOOKED_TO_SUSPENSE
          " LEFT JOIN accounts a ON a.id = p.account_id WHERE i.id BETWEEN ?1 AND ?2 "
          "GROUP BY i.id HAVING "
          "SUM(CASE WHEN p.line = 1 AND a.kind = " LANGO_ACCOUNT_RAIL
          " AND p.amount = -i.amount THEN 1 ELSE 0 END) <> 1 "
          "OR SUM(CASE WHEN p.line = 2 AND a.kind = " LANGO_ACCOUNT_SUSPENSE
          " AND p.amount = i.amount THEN 1 ELSE 0 END) "
          "<> 1 OR COUNT(*) <> 2"},
    // What was given up is the gateway's: less than M-PESA pays out, and whole shillings only of
    // what no order can have any more.
    Finds{subjects,
          "SELECT 'item', i.id, ' is not written off as it says' FROM suspense_items i "
          "LEFT JOIN postings p ON p.subject_id = i.id AND p.outcome = " LANGO_BOOKED_WRITTEN_OFF
          " LEFT JOIN accounts a ON a.id = p.account_id WHERE i.id BETWEEN ?1 AND ?2 "
          "GROUP BY i.id HAVING i.written_off NOT BETWEEN 0 AND 999 OR "
          "i.written_off > i.amount - i.allocated OR (i.written_off > 99 "
          "AND i.credited_id IS NULL AND NOT EXISTS (SELECT 1 FROM refunds f "
          "WHERE f.receipt = i.receipt)) OR "
          "COUNT(p.line) <> CASE WHEN i.written_off = 0 THEN 0 ELSE 2 END OR "
          "SUM(CASE WHEN (p.line = 1 AND a.kind = " LANGO_ACCOUNT_SUSPENSE
          " AND p.amount = -i.written_off) OR (p.line = 2 AND a.kind = " LANGO_ACCOUNT_FEES
          " AND p.amount = i.written_off) THEN 1 ELSE 0 END) <> COUNT(p.line)"},
    Finds{subjects,
          "SELECT 'item', i.id, ' is booked at another time than it says' FROM suspense_items i "
          "JOIN ledger_transactions t ON t.subject_id = i.id AND "
          "t.outcome = " LANGO_BOOKED_TO_SUSPENSE
          " WHERE i.id BETWEEN ?1 AND ?2 AND t.booked_at <> i.booked_at"},
    // What was given to an order was given when the order was paid, by whom its story names.
    Finds{subjects,
          "SELECT 'item', i.id, ' is not given as its order tells' FROM suspense_items i "
          "LEFT JOIN deposits d ON d.id = i.credited_id "
          "LEFT JOIN deposit_events e ON e.deposit_id = d.id AND e.kind = " LANGO_DEPOSIT_EVENT_PAID
          " WHERE i.id BETWEEN ?1 AND ?2 AND CASE WHEN i.credited_id IS NULL THEN i.allocated <> 0 "
          "OR i.allocated_at IS NOT NULL OR i.allocated_by <> '' "
          "ELSE d.id IS NULL OR i.allocated_at IS NULL OR i.allocated_at <> d.closed_at "
          "OR d.receipt IS NULL OR d.receipt <> i.receipt OR e.number IS NULL "
          "OR e.detail NOT IN (i.receipt, i.receipt || ', by ' || i.allocated_by) "
          "OR (e.detail = i.receipt AND i.allocated_by NOT LIKE 'rule %') END"},
    Finds{subjects,
          "SELECT 'item', i.id, ' is about an order that there is not' FROM suspense_items i "
          "LEFT JOIN deposits d ON d.id = i.about_id WHERE i.id BETWEEN ?1 AND ?2 "
          "AND i.about_id IS NOT NULL AND d.id IS NULL"},
    // From what was held for it, to the rail's account that it went out by.
    Finds{
        subjects,
        "SELECT 'withdrawal', w.id, ' is not booked as it was paid' FROM withdrawals w "
        "JOIN ledger_transactions t ON t.subject_id = w.id AND t.outcome = " LANGO_BOOKED_WITHDRAWAL
        " LEFT JOIN postings p ON p.subject_id = w.id AND p.outcome = " LANGO_BOOKED_WITHDRAWAL
        " LEFT JOIN accounts a ON a.id = p.account_id LEFT JOIN refunds f ON f.withdrawal_id = "
        "w.id LEFT JOIN holds h ON h.subject_id = w.id "
        "WHERE w.id BETWEEN ?1 AND ?2 GROUP BY w.id HAVING "
        "SUM(CASE WHEN p.line = 1 AND a.kind = " LANGO_ACCOUNT_RAIL
        " AND p.amount = w.amount AND (w.shortcode IS NULL OR f.method = " LANGO_REFUND_BY_REVERSAL
        " OR a.owner = w.shortcode) THEN 1 ELSE 0 END) <> 1 OR SUM(CASE WHEN p.line = 2 AND "
        "p.account_id = h.account_id "
        "AND p.amount = -(w.amount + w.fee) THEN 1 ELSE 0 END) <> 1 "
        "OR SUM(CASE WHEN p.line = 3 AND a.kind = " LANGO_ACCOUNT_FEES
        " AND p.amount = w.fee THEN 1 ELSE 0 END) <> CASE WHEN w.fee <> 0 THEN 1 ELSE 0 END OR "
        "COUNT(*) <> CASE WHEN w.fee <> 0 THEN 3 ELSE 2 END"},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is booked at another time than it was paid' "
          "FROM withdrawals w JOIN ledger_transactions t ON t.subject_id = w.id AND "
          "t.outcome = " LANGO_BOOKED_WITHDRAWAL
          " WHERE w.id BETWEEN ?1 AND ?2 AND (w.closed_at IS NULL OR t.booked_at <> w.closed_at)"},
    Finds{subjects,
          "SELECT 'payment', t.subject_id, ' is not booked as what left uncovered is' "
          "FROM ledger_transactions t LEFT JOIN postings p ON p.subject_id = t.subject_id "
          "AND p.outcome = " LANGO_BOOKED_UNCOVERED
          " LEFT JOIN accounts a ON a.id = p.account_id WHERE t.subject_id BETWEEN ?1 AND ?2 AND "
          "t.outcome = " LANGO_BOOKED_UNCOVERED
          " GROUP BY t.subject_id HAVING SUM(CASE WHEN p.line = 1 AND a.kind = " LANGO_ACCOUNT_RAIL
          " AND p.amount > 0 THEN 1 ELSE 0 END) <> 1 OR SUM(CASE WHEN p.line = 2 AND a.kind "
          "= " LANGO_ACCOUNT_RECEIVABLE
          " AND p.amount < 0 THEN 1 ELSE 0 END) <> 1 OR COUNT(*) <> 2"},
    // Event kind 15, contradicted, names the receipt of what left after all.
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' left uncovered, and is not booked on its merchant''s "
          "account' FROM withdrawals w JOIN withdrawal_events e ON e.withdrawal_id = w.id "
          "AND e.kind = " LANGO_WITHDRAWAL_EVENT_CONTRADICTED
          " JOIN receipts r ON r.receipt = e.detail AND r.outcome = " LANGO_BOOKED_UNCOVERED
          " JOIN ledger_transactions t ON t.subject_id = r.subject_id AND t.outcome "
          "= " LANGO_BOOKED_UNCOVERED " LEFT JOIN postings p ON p.subject_id = r.subject_id AND "
          "p.outcome = " LANGO_BOOKED_UNCOVERED
          " AND p.line = 2 LEFT JOIN accounts a ON a.id = p.account_id WHERE w.id BETWEEN ?1 AND "
          "?2 AND (a.id IS NULL OR a.owner <> w.merchant_id OR p.amount <> -w.amount "
          "OR t.booked_at <> e.at)"},
    Finds{receipts,
          "SELECT 'receipt', r.receipt, ' left uncovered, and no withdrawal tells of it' "
          "FROM receipts r WHERE r.receipt > ?1 AND r.receipt <= ?2 AND "
          "r.outcome = " LANGO_BOOKED_UNCOVERED
          " AND r.receipt NOT IN (SELECT detail FROM withdrawal_events WHERE kind "
          "= " LANGO_WITHDRAWAL_EVENT_CONTRADICTED
          ") AND r.receipt NOT IN (SELECT receipt FROM lost_payouts)"},
};
const SqlLawText bookings_text{
    .name = "BookingsAreOfTheirPayment",
    .what = "postings",
    .of_money = true,
    .counts = {subjects, "SELECT COUNT(*) FROM postings WHERE subject_id BETWEEN ?1 AND ?2"},
    .finds = bookings};

constexpr std::array holds{
    Finds{subjects,
          "SELECT 'hold', h.subject_id, ' is of a withdrawal that there is not' FROM holds h "
          "LEFT JOIN withdrawals w ON w.id = h.subject_id WHERE h.subject_id BETWEEN ?1 AND ?2 "
          "AND w.id IS NULL"},
    // A refund's may be on suspense: on money that no order has.
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is held on an account that is not its merchant''s' "
          "FROM holds h JOIN withdrawals w ON w.id = h.subject_id "
          "LEFT JOIN accounts a ON a.id = h.account_id WHERE h.subject_id BETWEEN ?1 AND ?2 "
          "AND (a.id IS NULL OR a.currency <> w.currency OR NOT ((a.kind = " LANGO_ACCOUNT_MERCHANT
          " AND a.owner = w.merchant_id) OR (a.kind = " LANGO_ACCOUNT_SUSPENSE
          " AND w.kind = " LANGO_KIND_REFUND ")))"},
};
const SqlLawText holds_text{
    .name = "HoldsAreOfTheirMerchant",
    .what = "holds",
    .of_money = true,
    .counts = {subjects, "SELECT COUNT(*) FROM holds WHERE subject_id BETWEEN ?1 AND ?2"},
    .finds = holds};

constexpr std::array refunds{
    Finds{subjects,
          "SELECT 'refund', f.withdrawal_id, ' gives back money that never came' FROM refunds f "
          "LEFT JOIN receipts r ON r.receipt = f.receipt AND r.outcome IN (" LANGO_BOOKED_IN
          ") WHERE f.withdrawal_id BETWEEN ?1 AND ?2 AND r.receipt IS NULL"},
    // Of an order's receipt, or of money that its story names or that it
    // took.
    Finds{subjects,
          "SELECT 'refund', f.withdrawal_id, ' is of another order''s money' FROM refunds f "
          "JOIN withdrawals w ON w.id = f.withdrawal_id "
          "JOIN receipts r ON r.receipt = f.receipt AND r.outcome IN (" LANGO_BOOKED_IN
          ") LEFT JOIN deposits d ON d.id = f.deposit_id LEFT JOIN suspense_items i ON i.receipt = "
          "f.receipt "
          "WHERE f.withdrawal_id BETWEEN ?1 AND ?2 AND (CASE WHEN f.deposit_id IS NULL "
          "THEN r.outcome <> " LANGO_BOOKED_TO_SUSPENSE
          " OR w.merchant_id <> 0 ELSE d.id IS NULL OR d.merchant_id <> w.merchant_id OR CASE WHEN "
          "r.outcome = " LANGO_BOOKED_DEPOSIT
          " THEN r.subject_id <> d.id ELSE COALESCE(i.credited_id, 0) <> d.id AND NOT EXISTS "
          "(SELECT 1 FROM deposit_events e WHERE e.deposit_id = d.id "
          "AND e.kind IN (" LANGO_DEPOSIT_EVENT_AMOUNT_DIFFERS
          ", " LANGO_DEPOSIT_EVENT_SECOND_RECEIPT ", " LANGO_DEPOSIT_EVENT_MONEY_TOO_LATE
          ") AND e.detail = f.receipt) END END)"},
    Finds{subjects,
          "SELECT 'refund', f.withdrawal_id, ' is taken from another purse than its money''s' "
          "FROM refunds f JOIN holds h ON h.subject_id = f.withdrawal_id "
          "JOIN accounts a ON a.id = h.account_id "
          "JOIN receipts r ON r.receipt = f.receipt AND r.outcome IN (" LANGO_BOOKED_IN
          ") LEFT JOIN suspense_items i ON i.receipt = f.receipt WHERE f.withdrawal_id BETWEEN ?1 "
          "AND ?2 AND a.kind <> CASE WHEN "
          "r.outcome = " LANGO_BOOKED_DEPOSIT
          " OR i.credited_id = f.deposit_id THEN " LANGO_ACCOUNT_MERCHANT
          " ELSE " LANGO_ACCOUNT_SUSPENSE " END"},
    Finds{subjects,
          "SELECT 'refund', f.withdrawal_id, ' and its withdrawal do not tell the same' "
          "FROM refunds f JOIN withdrawals w ON w.id = f.withdrawal_id "
          "WHERE f.withdrawal_id BETWEEN ?1 AND ?2 AND (f.who <> w.created_by "
          "OR (f.reason <> w.comment AND w.phone > 0) OR f.method NOT IN (" LANGO_REFUND_BY_REVERSAL
          ", " LANGO_REFUND_BY_PAYOUT
          ") OR (f.retry_key IS NULL) <> (f.asked IS NULL) OR w.fee <> 0)"},
    // A reversal is booked under the payment's receipt, a payout under its own.
    Finds{subjects,
          "SELECT 'refund', f.withdrawal_id, ' is booked as the other method would be' "
          "FROM refunds f JOIN withdrawals w ON w.id = f.withdrawal_id "
          "WHERE f.withdrawal_id BETWEEN ?1 AND ?2 AND w.state = " LANGO_WITHDRAWAL_PAID
          " AND (f.method = " LANGO_REFUND_BY_REVERSAL
          ") <> (COALESCE(w.receipt, '') = f.receipt || '/reversed')"},
};
const SqlLawText refunds_text{
    .name = "RefundsAreOfTheirMoney",
    .what = "refunds",
    .of_money = true,
    .counts = {subjects, "SELECT COUNT(*) FROM refunds WHERE withdrawal_id BETWEEN ?1 AND ?2"},
    .finds = refunds};

constexpr std::array currencies{
    Finds{subjects,
          "SELECT 'deposit', id, ' is not in KES' FROM deposits WHERE id BETWEEN ?1 AND ?2 "
          "AND currency <> 'KES'"},
    Finds{subjects,
          "SELECT 'withdrawal', id, ' is not in KES' FROM withdrawals WHERE id BETWEEN ?1 AND ?2 "
          "AND currency <> 'KES'"},
    Finds{whole,
          "SELECT 'account', CAST(id AS TEXT), ' is not in KES' FROM accounts "
          "WHERE currency <> 'KES'"},
    Finds{whole,
          "SELECT 'account', CAST(id AS TEXT), ' is of no kind that there is, or says wrongly that "
          "it may be negative' FROM accounts WHERE kind NOT IN (" LANGO_ACCOUNT_ANY
          ") OR may_be_negative <> CASE WHEN kind IN (" LANGO_ACCOUNT_MAY_BE_NEGATIVE
          ") THEN 1 ELSE 0 END"},
    Finds{whole,
          "SELECT 'account', CAST(a.id AS TEXT), ' is of a merchant that there is not' "
          "FROM accounts a LEFT JOIN merchants m ON m.id = a.owner WHERE CASE WHEN "
          "a.kind = " LANGO_ACCOUNT_MERCHANT
          " THEN m.id IS NULL WHEN a.kind = " LANGO_ACCOUNT_RECEIVABLE
          " THEN m.id IS NULL AND a.owner <> 0 WHEN a.kind IN (" LANGO_ACCOUNT_FEES
          ", " LANGO_ACCOUNT_SUSPENSE ") THEN a.owner <> 0 ELSE a.owner <= 0 END"},
};
const SqlLawText currencies_text{.name = "AccountsAreWhatTheySay",
                                 .what = "accounts",
                                 .of_money = true,
                                 .counts = {whole, "SELECT COUNT(*) FROM accounts"},
                                 .finds = currencies};

}  // namespace

void add_bookings(std::vector<std::unique_ptr<ledger::Invariant>>& laws) {
    for (const auto* text : {&bookings_text, &holds_text, &refunds_text, &currencies_text}) {
        laws.push_back(std::make_unique<SqlLaw>(*text));
    }
}

}  // namespace lango::laws

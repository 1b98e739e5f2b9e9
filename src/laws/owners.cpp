// That nothing stands alone: no message, attempt, approval, verdict, reference or order without
// what it belongs to.
#include "laws/texts.hpp"
#include "store/words.hpp"

namespace lango::laws {

namespace {

using enum ledger::Slice::Walk;

constexpr std::array owners{
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is of a merchant that there is not' FROM deposits d "
          "LEFT JOIN merchants m ON m.id = d.merchant_id WHERE d.id BETWEEN ?1 AND ?2 "
          "AND m.id IS NULL"},
    // Money that came for nobody is nobody's when it goes back.
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is of a merchant that there is not' FROM withdrawals w "
          "LEFT JOIN merchants m ON m.id = w.merchant_id WHERE w.id BETWEEN ?1 AND ?2 "
          "AND m.id IS NULL AND NOT (w.kind = " LANGO_KIND_REFUND " AND w.merchant_id = 0)"},
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is a later attempt at an order that has no earlier one' "
          "FROM deposits d WHERE d.id BETWEEN ?1 AND ?2 AND (d.attempt < 1 OR (d.attempt > 1 "
          "AND NOT EXISTS (SELECT 1 FROM deposit_keys b WHERE b.merchant_id = d.merchant_id "
          "AND b.custom_transaction_id = d.custom_transaction_id AND b.attempt = d.attempt - 1)))"},
    // A key without a payment is none's fault: it stays when history is cleared away.
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is not what the id of its merchant leads to' FROM deposits d "
          "LEFT JOIN deposit_keys k ON k.merchant_id = d.merchant_id "
          "AND k.custom_transaction_id = d.custom_transaction_id AND k.attempt = d.attempt "
          "WHERE d.id BETWEEN ?1 AND ?2 AND k.deposit_id IS NOT d.id"},
    Finds{
        subjects,
        "SELECT 'withdrawal', w.id, ' is not what the id of its merchant leads to' "
        "FROM withdrawals w LEFT JOIN withdrawal_keys k ON k.merchant_id = w.merchant_id "
        "AND k.withdrawal_id = w.withdrawal_id WHERE w.id BETWEEN ?1 AND ?2 AND k.id IS NOT w.id"},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' could be asked for again by its own signature' "
          "FROM withdrawals w LEFT JOIN withdrawal_signatures s ON s.signature = w.signature "
          "AND s.signed_form = w.signed_form AND s.id = w.id "
          "WHERE w.id BETWEEN ?1 AND ?2 AND w.signature IS NOT NULL AND s.id IS NULL"},
    // What the rail said stands under a payment, an item or a claim.
    Finds{subjects,
          "SELECT 'payment', m.subject_id, ' has messages of the rail, and there is no such "
          "payment' FROM rail_messages m LEFT JOIN deposits d ON d.id = m.subject_id "
          "LEFT JOIN withdrawals w ON w.id = m.subject_id "
          "LEFT JOIN suspense_items i ON i.id = m.subject_id "
          "WHERE m.subject_id BETWEEN ?1 AND ?2 AND d.id IS NULL AND w.id IS NULL AND i.id IS NULL "
          "AND m.subject_id NOT IN (SELECT id FROM paybill_claims) "
          // Of rows that an older backup lacked: made before that was found. An id's first 41 bits
          // are its time.
          "AND NOT EXISTS (SELECT 1 FROM restorations x WHERE "
          "(m.subject_id >> 22) + 1577836800000 <= x.found_at / 1000) GROUP BY m.subject_id"},
    // What made a payment final is kept as the rail said it, under the payment or its money's item;
    // event kind 19 is a person's word.
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is paid, and nothing that the rail said is kept' "
          "FROM deposits d LEFT JOIN suspense_items i ON i.receipt = d.receipt "
          "WHERE d.id BETWEEN ?1 AND ?2 AND d.state = " LANGO_DEPOSIT_PAID
          " AND NOT EXISTS (SELECT 1 FROM rail_messages m WHERE m.subject_id = d.id) AND NOT "
          "EXISTS (SELECT 1 "
          "FROM rail_messages m WHERE m.subject_id = i.id)"},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is paid, and nothing that the rail said is kept' "
          "FROM withdrawals w WHERE w.id BETWEEN ?1 AND ?2 AND w.state = " LANGO_WITHDRAWAL_PAID
          " AND w.kind <> " LANGO_KIND_TEST " "
          "AND NOT EXISTS (SELECT 1 FROM rail_messages m WHERE m.subject_id = w.id) "
          "AND NOT EXISTS (SELECT 1 FROM withdrawal_events e WHERE e.withdrawal_id = w.id "
          "AND e.kind = " LANGO_WITHDRAWAL_EVENT_JUDGED ")"},
    // By whatever channel it came, what booked a receipt names it. Reversals are booked under their
    // payment's. What people were taken out of says nothing any more.
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is paid by a receipt that nothing kept of the rail names' "
          "FROM deposits d WHERE d.id BETWEEN ?1 AND ?2 AND d.state = " LANGO_DEPOSIT_PAID
          " AND NOT EXISTS (SELECT 1 "
          "FROM rail_messages m WHERE m.subject_id IN (d.id, (SELECT i.id FROM suspense_items i "
          "WHERE i.receipt = d.receipt)) AND (m.body LIKE 'masked: %' "
          "OR instr(upper(m.body), upper(d.receipt)) > 0))"},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is paid by a receipt that nothing kept of the rail names' "
          "FROM withdrawals w WHERE w.id BETWEEN ?1 AND ?2 AND w.state = " LANGO_WITHDRAWAL_PAID
          " AND w.kind <> " LANGO_KIND_TEST " "
          "AND w.receipt NOT LIKE '%/reversed' AND NOT EXISTS (SELECT 1 FROM withdrawal_events e "
          "WHERE e.withdrawal_id = w.id AND e.kind = " LANGO_WITHDRAWAL_EVENT_JUDGED
          ") AND NOT EXISTS (SELECT 1 "
          "FROM rail_messages m WHERE m.subject_id = w.id AND (m.body LIKE 'masked: %' "
          "OR instr(upper(m.body), upper(w.receipt)) > 0))"},
    Finds{subjects,
          "SELECT 'payment', m.subject_id, ' has messages that are not numbered 1, 2, 3, ...' "
          "FROM rail_messages m WHERE m.subject_id BETWEEN ?1 AND ?2 GROUP BY m.subject_id "
          "HAVING MIN(m.id) <> 1 OR MAX(m.id) <> COUNT(*)"},
    // 1 to 5 are of deposits, 11 to 14 of withdrawals.
    Finds{subjects,
          "SELECT 'deposit', d.id, ' has a message of a kind that deposits have not' "
          "FROM rail_messages m JOIN deposits d ON d.id = m.subject_id "
          "WHERE m.subject_id BETWEEN ?1 AND ?2 AND m.kind >= " LANGO_MESSAGE_PAYOUT_FIRST
          " AND m.kind < " LANGO_MESSAGE_PAYOUT_END},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' has a message of a kind that withdrawals have not' "
          "FROM rail_messages m JOIN withdrawals w ON w.id = m.subject_id "
          "WHERE m.subject_id BETWEEN ?1 AND ?2 AND m.kind < " LANGO_MESSAGE_PAYOUT_FIRST},
    Finds{subjects,
          "SELECT 'deposit', d.id, ' was told by the rail before it was made' FROM deposits d "
          "WHERE d.id BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM rail_messages m "
          "WHERE m.subject_id = d.id AND m.at < d.created_at - 60000000)"},
    Finds{
        subjects,
        "SELECT 'withdrawal', d.id, ' was told by the rail before it was made' FROM withdrawals d "
        "WHERE d.id BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM rail_messages m "
        "WHERE m.subject_id = d.id AND m.at < d.created_at - 60000000)"},
    Finds{subjects,
          "SELECT 'postback', a.postback_id, ' has attempts, and there is no such postback' "
          "FROM postback_attempts a LEFT JOIN postbacks b ON b.id = a.postback_id "
          "WHERE a.postback_id BETWEEN ?1 AND ?2 AND b.id IS NULL GROUP BY a.postback_id"},
    Finds{subjects,
          "SELECT 'withdrawal', a.withdrawal_id, ' is approved, and there is no such withdrawal' "
          "FROM withdrawal_approvals a LEFT JOIN withdrawals w ON w.id = a.withdrawal_id "
          "WHERE a.withdrawal_id BETWEEN ?1 AND ?2 AND w.id IS NULL GROUP BY a.withdrawal_id"},
    Finds{subjects,
          "SELECT 'withdrawal', v.withdrawal_id, ' is judged, and there is no such withdrawal' "
          "FROM withdrawal_verdicts v LEFT JOIN withdrawals w ON w.id = v.withdrawal_id "
          "WHERE v.withdrawal_id BETWEEN ?1 AND ?2 AND w.id IS NULL GROUP BY v.withdrawal_id"},
    Finds{
        subjects,
        "SELECT 'deposit', p.deposit_id, ' has a paybill reference, and there is no such deposit' "
        "FROM paybill_references p LEFT JOIN deposits d ON d.id = p.deposit_id "
        "WHERE p.deposit_id BETWEEN ?1 AND ?2 AND d.id IS NULL"},
    Finds{whole,
          "SELECT 'order', o.custom_transaction_id, ' is not what its payer was prompted for' "
          "FROM window_orders o LEFT JOIN deposit_keys k ON k.merchant_id = o.merchant_id "
          "AND k.custom_transaction_id = o.custom_transaction_id AND k.attempt = 1 "
          "LEFT JOIN deposits d ON d.id = k.deposit_id "
          "WHERE d.id IS NULL OR d.label <> o.label OR d.amount <> COALESCE(o.fixed_amount, "
          "d.amount)"},
    Finds{whole,
          "SELECT 'order', o.custom_transaction_id, ' is of a merchant that there is not' "
          "FROM window_orders o LEFT JOIN merchants m ON m.id = o.merchant_id "
          "WHERE m.id IS NULL"},
    Finds{whole,
          "SELECT 'receipt', p.receipt, ' has a payer and booked nothing' FROM paybill_payers p "
          "LEFT JOIN receipts r ON r.receipt = p.receipt WHERE r.receipt IS NULL"},
    Finds{whole,
          "SELECT 'claim', c.receipt, ' is settled, and booked nothing' FROM paybill_claims c "
          "LEFT JOIN receipts r ON r.receipt = c.receipt "
          "WHERE c.settled_at IS NOT NULL AND r.receipt IS NULL"},
    Finds{whole,
          "SELECT 'claim', c.receipt, ' is of another amount than what it booked' "
          "FROM paybill_claims c JOIN receipts r ON r.receipt = c.receipt "
          "WHERE c.amount <> 0 AND r.amount <> c.amount"},
    Finds{whole,
          "SELECT 'claim', c.receipt, ' is dismissed, and no operator did it' "
          "FROM paybill_claims c WHERE c.dismissed_at IS NOT NULL AND NOT EXISTS (SELECT 1 "
          "FROM operator_acts a WHERE a.act = 'claim dismissed' AND a.subject = c.receipt "
          "AND a.at = c.dismissed_at)"},
    Finds{whole,
          "SELECT 'claim', c.receipt, ' has no message of the rail' FROM paybill_claims c "
          "WHERE c.settled_at IS NULL AND NOT EXISTS (SELECT 1 FROM rail_messages m "
          "WHERE m.subject_id IN (c.id, c.about_id) AND m.at = c.at)"},
    // One without a receipt stands under the id of its row, and is booked under that.
    Finds{whole,
          "SELECT 'lost payout', l.receipt, ' is settled, and booked nothing' FROM lost_payouts l "
          "WHERE l.settled_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipts r "
          "WHERE r.receipt = l.receipt AND (r.subject_id = l.withdrawal_id OR r.outcome "
          "= " LANGO_BOOKED_WITHDRAWAL ")) "
          "AND NOT (l.receipt = printf('%016x', l.withdrawal_id) AND EXISTS (SELECT 1 "
          "FROM withdrawals w WHERE w.payout_id = l.payout_id AND w.state = " LANGO_WITHDRAWAL_PAID
          "))"},
    Finds{
        whole,
        "SELECT 'lost payout', l.receipt, ' is booked otherwise than it says' "
        "FROM lost_payouts l JOIN receipts r ON r.receipt = l.receipt AND r.outcome "
        "= " LANGO_BOOKED_UNCOVERED " "
        "AND r.subject_id = l.withdrawal_id JOIN ledger_transactions t "
        "ON t.subject_id = r.subject_id AND t.outcome = " LANGO_BOOKED_UNCOVERED " JOIN postings p "
        "ON p.subject_id = r.subject_id AND p.outcome = " LANGO_BOOKED_UNCOVERED " AND p.line = 1 "
        "JOIN accounts a ON a.id = p.account_id WHERE l.settled_at IS NOT t.booked_at "
        "OR l.settled_as <> 'receivable' OR (l.amount IS NOT NULL AND l.amount <> r.amount) "
        "OR (l.shortcode <> 0 AND l.shortcode <> a.owner)"},
    Finds{whole,
          "SELECT 'lost payout', l.receipt, ' is booked, and no operator did it' "
          "FROM lost_payouts l WHERE l.settled_as = 'receivable' AND NOT EXISTS (SELECT 1 "
          "FROM operator_acts a WHERE a.act = 'lost payout booked' AND a.subject = l.receipt "
          "AND a.at = l.settled_at)"},
    Finds{whole,
          "SELECT 'restored backup', CAST(x.number AS TEXT), ' was lifted, and no operator did it' "
          "FROM restorations x WHERE x.lifted_at IS NOT NULL AND NOT EXISTS (SELECT 1 "
          "FROM operator_acts a WHERE a.act = 'restored backup: halt lifted' "
          "AND a.subject = CAST(x.number AS TEXT) AND a.who = x.lifted_by "
          "AND a.at = x.lifted_at)"},
    Finds{subjects,
          "SELECT 'item', i.id, ' is written off, and no operator did it' FROM suspense_items i "
          "WHERE i.id BETWEEN ?1 AND ?2 AND i.written_off <> 0 AND NOT EXISTS (SELECT 1 "
          "FROM operator_acts a WHERE a.act = 'suspense written off' "
          "AND a.subject = i.receipt)"},
    Finds{whole,
          "SELECT 'halt', CAST(h.number AS TEXT), ' was made by a withdrawal that there is not' "
          "FROM payout_halts h LEFT JOIN withdrawals w ON w.id = h.withdrawal_id "
          "WHERE h.withdrawal_id <> 0 AND w.id IS NULL"},
    Finds{whole,
          "SELECT 'halt', CAST(h.number AS TEXT), ' has ended before it was lifted, or was lifted "
          "by nobody' FROM payout_halts h WHERE h.ended_at < h.began_at "
          "OR h.ended_at < h.lifted_at OR h.lifted_at < h.began_at "
          "OR (h.lifted_at IS NOT NULL AND h.ended_by = '')"},
};
const SqlLawText owners_text{
    .name = "NothingStandsAlone",
    .what = "messages of the rail",
    .of_money = false,
    .counts = {subjects, "SELECT COUNT(*) FROM rail_messages WHERE subject_id BETWEEN ?1 AND ?2"},
    .finds = owners};

// Only what a person must look at may wait without anybody looking again. No pause is as long as a
// month.
constexpr std::array due{
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is open, never due and nobody is called' FROM deposits d "
          "WHERE d.id BETWEEN ?1 AND ?2 AND d.state IN (" LANGO_DEPOSIT_OPEN
          ") AND d.due_at IS NULL AND (d.flags & " LANGO_DEPOSIT_FLAG_ATTENTION ") = 0"},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is open, never due and nobody is called' "
          "FROM withdrawals w WHERE w.id BETWEEN ?1 AND ?2 AND w.due_at IS NULL "
          "AND (w.flags & " LANGO_WITHDRAWAL_FLAG_ATTENTION
          ") = 0 AND (w.state IN (" LANGO_WITHDRAWAL_GOING_OUT
          ") OR (w.state = " LANGO_WITHDRAWAL_WAITING
          " AND ((w.flags & " LANGO_WITHDRAWAL_FLAG_UNCOVERED
          ") <> 0 OR (w.flags & " LANGO_WITHDRAWAL_FLAG_APPROVAL ") = 0)))"},
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is due in a time that never comes' FROM deposits d "
          "JOIN deposit_events e ON e.deposit_id = d.id AND e.number = d.events "
          "WHERE d.id BETWEEN ?1 AND ?2 AND d.due_at > e.at + 2592000000000"},
    // What the rail does not answer is asked again and again, and tells nothing; a person was
    // called.
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is due in a time that never comes' FROM withdrawals w "
          "JOIN withdrawal_events e ON e.withdrawal_id = w.id AND e.number = w.events "
          "WHERE w.id BETWEEN ?1 AND ?2 AND w.due_at > e.at + 2592000000000 "
          "AND (w.flags & " LANGO_WITHDRAWAL_FLAG_ATTENTION ") = 0"},
    Finds{subjects,
          "SELECT 'deposit', d.id, ' is paid and will be asked about' FROM deposits d "
          "WHERE d.id BETWEEN ?1 AND ?2 AND d.state = " LANGO_DEPOSIT_PAID
          " AND d.due_at IS NOT NULL"},
    Finds{subjects,
          "SELECT 'withdrawal', w.id, ' is paid and will be asked about' FROM withdrawals w "
          "WHERE w.id BETWEEN ?1 AND ?2 AND w.state = " LANGO_WITHDRAWAL_PAID
          " AND w.due_at IS NOT NULL"},
};
const SqlLawText due_text{
    .name = "OpenIsDueOrFlagged",
    .what = "payments",
    .of_money = false,
    .counts = {subjects,
               "SELECT (SELECT COUNT(*) FROM deposits WHERE id BETWEEN ?1 AND ?2) + "
               "(SELECT COUNT(*) FROM withdrawals WHERE id BETWEEN ?1 AND ?2)"},
    .finds = due};

}  // namespace

void add_owners(LawList& laws) {
    laws.push_back(std::make_unique<SqlLaw>(owners_text));
    laws.push_back(std::make_unique<SqlLaw>(due_text));
}

}  // namespace lango::laws

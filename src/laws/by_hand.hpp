// For tests: what a hand in the database has tried on a rich day, and which law tells it.
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace lango::laws::test {

// Names in the table below, and the rows that they stand for.
inline std::string with_rows(std::string sql) {
    static const std::vector<std::pair<std::string, std::string>> rows{
        // Paid by prompt, with a fee, of the first merchant.
        {"$paid",
         "(SELECT d.id FROM deposits d JOIN postings p ON p.subject_id = d.id "
         "AND p.outcome = 1 AND p.line = 3 JOIN receipts r ON r.subject_id = d.id "
         "WHERE d.merchant_id = 1 ORDER BY d.id LIMIT 1)"},
        {"$other",
         "(SELECT d.id FROM deposits d JOIN receipts r ON r.subject_id = d.id "
         "WHERE d.merchant_id = 1 ORDER BY d.id DESC LIMIT 1)"},
        {"$open",
         "(SELECT id FROM deposits WHERE state IN (1, 2, 3, 4, 5) "
         "AND due_at IS NOT NULL ORDER BY id DESC LIMIT 1)"},
        {"$failed", "(SELECT id FROM deposits WHERE state = 7 ORDER BY id LIMIT 1)"},
        {"$out", "(SELECT id FROM withdrawals WHERE state = 6 AND kind = 1 ORDER BY id LIMIT 1)"},
        {"$approved", "(SELECT id FROM withdrawals WHERE withdrawal_id = 'approved')"},
        {"$half", "(SELECT id FROM withdrawals WHERE withdrawal_id = 'half')"},
        {"$waiting", "(SELECT id FROM withdrawals WHERE withdrawal_id = 'waiting')"},
        {"$refund",
         "(SELECT withdrawal_id FROM refunds WHERE method = 2 AND deposit_id IS NOT NULL "
         "ORDER BY withdrawal_id LIMIT 1)"},
        {"$item", "(SELECT id FROM suspense_items WHERE allocated = 0 ORDER BY id LIMIT 1)"},
        {"$given", "(SELECT id FROM suspense_items WHERE allocated > 0 ORDER BY id LIMIT 1)"},
        {"$rail", "(SELECT id FROM accounts WHERE kind = 1 ORDER BY id LIMIT 1)"},
        {"$one", "(SELECT id FROM accounts WHERE kind = 2 AND owner = 1)"},
        {"$two", "(SELECT id FROM accounts WHERE kind = 2 AND owner = 2)"},
        {"$suspense", "(SELECT id FROM accounts WHERE kind = 4)"},
    };
    for (const auto& [name, row] : rows) {
        for (auto at = sql.find(name); at != std::string::npos; at = sql.find(name)) {
            sql.replace(at, name.size(), row);
        }
    }
    return sql;
}

struct ByHand {
    const char* what;
    const char* sql;
    const char* law;  // "": no law can see it, only a chain
};

inline const std::vector<ByHand>& by_hand() {
    static const std::vector<ByHand> list{
        {"an outcome that there is not mints money",
         "INSERT INTO ledger_transactions VALUES (77, 99, 0); "
         "INSERT INTO postings VALUES (77, 99, 1, $rail, -1000000), (77, 99, 2, $one, 1000000); "
         "UPDATE accounts SET balance = balance - 1000000 WHERE id = $rail; "
         "UPDATE accounts SET balance = balance + 1000000 WHERE id = $one",
         "BookingsAreOfTheirPayment"},
        {"two more lines in a true booking mint money",
         "INSERT INTO postings VALUES ($paid, 1, 4, $rail, -5000), ($paid, 1, 5, $one, 5000); "
         "UPDATE accounts SET balance = balance - 5000 WHERE id = $rail; "
         "UPDATE accounts SET balance = balance + 5000 WHERE id = $one",
         "BookingsAreOfTheirPayment"},
        {"two more lines move money between merchants",
         "INSERT INTO postings VALUES ($paid, 1, 4, $one, -5000), ($paid, 1, 5, $two, 5000); "
         "UPDATE accounts SET balance = balance - 5000 WHERE id = $one; "
         "UPDATE accounts SET balance = balance + 5000 WHERE id = $two",
         "BookingsAreOfTheirPayment"},
        {"a booking is credited to another merchant",
         "UPDATE accounts SET balance = balance - (SELECT amount FROM postings WHERE "
         "subject_id = $paid AND outcome = 1 AND line = 2) WHERE id = $one; "
         "UPDATE accounts SET balance = balance + (SELECT amount FROM postings WHERE "
         "subject_id = $paid AND outcome = 1 AND line = 2) WHERE id = $two; "
         "UPDATE postings SET account_id = $two WHERE subject_id = $paid AND line = 2",
         "BookingsAreOfTheirPayment"},
        {"a deposit is given to another merchant with its postback",
         "UPDATE postbacks SET merchant_id = 2 WHERE subject_id = $paid; "
         "UPDATE deposits SET merchant_id = 2 WHERE id = $paid",
         "BookingsAreOfTheirPayment"},
        {"the fee of a booking is the merchant's",
         "UPDATE postings SET amount = amount + 100 WHERE subject_id = $paid AND line = 2; "
         "UPDATE postings SET amount = amount - 100 WHERE subject_id = $paid AND line = 3; "
         "UPDATE accounts SET balance = balance + 100 WHERE id = $one; "
         "UPDATE accounts SET balance = balance - 100 WHERE kind = 3",
         ""},
        {"an account is given another owner", "UPDATE accounts SET owner = 9 WHERE id = $one",
         "AccountsAreWhatTheySay"},
        {"a merchant may be negative", "UPDATE accounts SET may_be_negative = 1 WHERE id = $one",
         "AccountsAreWhatTheySay"},
        {"a booking is of another time",
         "UPDATE ledger_transactions SET booked_at = booked_at - 1 WHERE subject_id = $paid",
         "BookingsAreOfTheirPayment"},
        {"a receipt books again in lower case",
         "INSERT INTO receipts SELECT LOWER(receipt), 77, 2, amount FROM receipts "
         "WHERE subject_id = $paid; INSERT INTO suspense_items SELECT 77, LOWER(receipt), amount, "
         "0, 1, '', '', NULL, NULL, 0, 4000000000000000, NULL, '', 0 FROM receipts "
         "WHERE subject_id = $paid; INSERT INTO ledger_transactions "
         "VALUES (77, 2, 4000000000000000); INSERT INTO postings SELECT 77, 2, 1, $rail, -amount "
         "FROM receipts WHERE subject_id = 77; INSERT INTO postings SELECT 77, 2, 2, $suspense, "
         "amount FROM receipts WHERE subject_id = 77; UPDATE accounts SET balance = balance - "
         "(SELECT amount FROM receipts WHERE subject_id = 77) WHERE id = $rail; UPDATE accounts "
         "SET balance = balance + (SELECT amount FROM receipts WHERE subject_id = 77) "
         "WHERE id = $suspense",
         "ReceiptsHaveOneSpelling"},
        {"a receipt is renamed on both rows",
         "UPDATE receipts SET receipt = 'QQQ1234567' WHERE subject_id = $paid; "
         "UPDATE deposits SET receipt = 'QQQ1234567' WHERE id = $paid",
         "DepositsFollowTheirStory"},
        {"a receipt is renamed on all rows",
         "UPDATE deposit_events SET detail = 'QQQ1234567' WHERE deposit_id = $paid AND kind = 8; "
         "UPDATE receipts SET receipt = 'QQQ1234567' WHERE subject_id = $paid; "
         "UPDATE deposits SET receipt = 'QQQ1234567' WHERE id = $paid",
         "PostbacksAreAsSigned"},
        {"a payout's receipt is renamed on both rows",
         "UPDATE receipts SET receipt = 'QQQ1234567' WHERE subject_id = $out; "
         "UPDATE withdrawals SET receipt = 'QQQ1234567' WHERE id = $out",
         "WithdrawalsFollowTheirStory"},
        {"the recipient of what was approved is another",
         "UPDATE withdrawals SET phone = 254799999999 WHERE id = $approved", "ApprovedAsSeen"},
        {"the recipient of what was paid is another",
         "UPDATE withdrawals SET phone = 254799999999 WHERE id = $out", "PostbacksAreAsSigned"},
        {"approvals are gone", "DELETE FROM withdrawal_approvals WHERE withdrawal_id = $approved",
         "ApprovedAsSeen"},
        {"one approval is gone",
         "DELETE FROM withdrawal_approvals WHERE withdrawal_id = $approved AND who = 'brian'",
         "ApprovedAsSeen"},
        {"what waits is let go to another phone",
         "UPDATE withdrawals SET state = 2, phone = 254799999999, due_at = created_at "
         "WHERE id = $waiting",
         "WithdrawalsSettled"},
        {"what is half approved is let go, and its events say so",
         "UPDATE withdrawals SET state = 2, flags = 0, due_at = created_at WHERE id = $half; "
         "UPDATE withdrawal_events SET state = 2 WHERE withdrawal_id = $half",
         "WithdrawalsFollowTheirStory"},
        {"what is half approved is let go by an approval that nobody gave",
         "UPDATE withdrawals SET state = 2, flags = 0, events = 3, due_at = created_at "
         "WHERE id = $half; INSERT INTO withdrawal_events SELECT withdrawal_id, 3, at, 2, 2, "
         "'brian, 2 of 2' FROM withdrawal_events WHERE withdrawal_id = $half AND number = 2",
         "ApprovedAsSeen"},
        {"what waits for approval never did",
         "UPDATE withdrawals SET state = 2, flags = 0, due_at = created_at WHERE id = $waiting; "
         "UPDATE withdrawal_events SET state = 2 WHERE withdrawal_id = $waiting",
         ""},
        {"a withdrawal is held on another merchant's account",
         "UPDATE accounts SET held = held - (SELECT amount FROM holds WHERE subject_id = $half) "
         "WHERE id = $one; UPDATE accounts SET held = held + (SELECT amount FROM holds "
         "WHERE subject_id = $half) WHERE id = $two; "
         "UPDATE holds SET account_id = $two WHERE subject_id = $half",
         "HoldsAreOfTheirMerchant"},
        {"a refund is a plain withdrawal",
         "UPDATE withdrawals SET kind = 2 WHERE id = $refund; "
         "DELETE FROM refunds WHERE withdrawal_id = $refund",
         "RefundsAreTold"},
        {"a refund is of another receipt",
         "UPDATE refunds SET receipt = (SELECT receipt FROM receipts WHERE subject_id = $other) "
         "WHERE withdrawal_id = $refund",
         "RefundsAreOfTheirMoney"},
        {"a refund is of another order and its receipt",
         "UPDATE refunds SET deposit_id = $other, receipt = (SELECT receipt FROM receipts "
         "WHERE subject_id = $other) WHERE withdrawal_id = $refund",
         "RefundsAreTold"},
        {"all events but the last are gone, and it is the first",
         "DELETE FROM deposit_events WHERE deposit_id = $paid AND number < "
         "(SELECT events FROM deposits WHERE id = $paid); UPDATE deposit_events SET number = 1 "
         "WHERE deposit_id = $paid; UPDATE deposits SET events = 1 WHERE id = $paid",
         "DepositsFollowTheirStory"},
        {"times are moved",
         "UPDATE deposit_events SET at = at + 86400000000 WHERE deposit_id = $paid",
         "DepositsFollowTheirStory"},
        {"the receipt in an event is another",
         "UPDATE deposit_events SET detail = 'QQQ1234567' WHERE deposit_id = $paid AND kind = 8",
         "DepositsFollowTheirStory"},
        {"a postback is delivered without an attempt",
         "DELETE FROM postback_attempts WHERE postback_id = (SELECT id FROM postbacks "
         "WHERE subject_id = $paid); UPDATE postbacks SET attempts = 0, first_attempt_at = NULL "
         "WHERE subject_id = $paid",
         "DeliveriesAreTold"},
        {"a postback is delivered by an attempt that was refused",
         "UPDATE postback_attempts SET outcome = 2 WHERE postback_id = (SELECT id FROM postbacks "
         "WHERE subject_id = $paid)",
         "DeliveriesAreTold"},
        {"a postback waits and is never due",
         "UPDATE postbacks SET state = 1, due_at = NULL WHERE subject_id = $paid",
         "DeliveriesAreTold"},
        {"a postback's body is another",
         "UPDATE postbacks SET tail = REPLACE(tail, 'mpesa', 'other') WHERE subject_id = $paid",
         "PostbacksAreAsSigned"},
        {"a postback's body and digest are another payment's",
         "UPDATE postbacks SET (head, tail, digest, amount) = (SELECT head, tail, digest, amount "
         "FROM postbacks WHERE subject_id = $other) WHERE subject_id = $paid",
         "PostbacksAreAsSigned"},
        {"rates are others",
         "UPDATE rate_tables SET rates = REPLACE(rates, '\"KES\":\"1', '\"KES\":\"2')",
         "RatesAreAsImported"},
        {"rates and their digest are others",
         "UPDATE rate_tables SET rates = REPLACE(rates, '\"KES\":\"1', '\"KES\":\"2'), "
         "digest = NULL",
         "PostbacksAreAsSigned"},
        {"a deposit is open and never due", "UPDATE deposits SET due_at = NULL WHERE id = $open",
         "OpenIsDueOrFlagged"},
        {"a deposit is due in a thousand years",
         "UPDATE deposits SET due_at = 33000000000000000 WHERE id = $open", "OpenIsDueOrFlagged"},
        {"a fee is another than was set", "UPDATE merchants SET fee_percent = '50' WHERE id = 1",
         "SettingsAreAsSet"},
        {"a postback goes elsewhere",
         "UPDATE merchants SET postback_url = 'http://thief/' WHERE id = 1", "SettingsAreAsSet"},
        {"an approval rule is gone", "UPDATE merchants SET approval_from = 1 WHERE id = 1",
         "SettingsAreAsSet"},
        {"a trail lacks its middle",
         "DELETE FROM merchant_changes WHERE merchant_id = 1 AND number = 3", "TrailsHaveNoGaps"},
        {"an operator was added by nobody",
         "INSERT INTO operators (name, key_hash, added_at) VALUES ('thief', CAST('key' AS BLOB), "
         "0)",
         "TrailsHaveNoGaps"},
        {"an operator has another role", "UPDATE operators SET role = 1 WHERE name = 'amina'",
         "TrailsHaveNoGaps"},
        {"an operator has a role from before it was changed",
         "UPDATE operators SET role = 1000 WHERE name = 'eve'", "TrailsHaveNoGaps"},
        {"a role holds more than it was given",
         "UPDATE custom_roles SET permissions = 'read people_write' WHERE ended_at IS NULL",
         "TrailsHaveNoGaps"},
        {"an operator was taken back",
         "UPDATE operators SET removed_at = NULL WHERE name = 'carol'", "TrailsHaveNoGaps"},
        {"an item lost its booking",
         "DELETE FROM postings WHERE subject_id = $item; "
         "DELETE FROM ledger_transactions WHERE subject_id = $item",
         "BookingsAreOfTheirPayment"},
        {"an item was given by another",
         "UPDATE suspense_items SET allocated_by = 'thief' WHERE id = $given",
         "BookingsAreOfTheirPayment"},
        {"what the rail said of a payment is gone",
         "DELETE FROM rail_messages WHERE subject_id = $paid", "NothingStandsAlone"},
        {"what the rail said is of no payment",
         "UPDATE rail_messages SET subject_id = $failed + 1 WHERE subject_id = $failed",
         "NothingStandsAlone"},
        {"what the rail said of a payment names another receipt",
         "UPDATE rail_messages SET body = REPLACE(body, (SELECT receipt FROM deposits "
         "WHERE id = $paid), 'QQQ1234567') WHERE subject_id = $paid",
         "NothingStandsAlone"},
        {"what the rail said of a payout names another receipt",
         "UPDATE rail_messages SET body = REPLACE(body, (SELECT receipt FROM withdrawals "
         "WHERE id = $out), 'QQQ1234567') WHERE subject_id = $out",
         "NothingStandsAlone"},
        {"a lost payout is settled, and booked nothing",
         "INSERT INTO lost_payouts (receipt, withdrawal_id, amount, payout_id, phone, told_at, "
         "settled_at, settled_as) VALUES ('QQQ1234567', 77, 500, '', '', 1, 2, 'withdrawal')",
         "NothingStandsAlone"},
        {"a lost payout's booking is nobody's",
         "DELETE FROM operator_acts WHERE act = 'lost payout booked'", "NothingStandsAlone"},
        {"the halt of an older backup is lifted by nobody",
         "INSERT INTO restorations (number, found_at, why, data_to, lifted_at, lifted_by) "
         "VALUES (2, 5, 'x', 4, 6, 'thief')",
         "NothingStandsAlone"},
        {"a day's sum is less than what was asked for",
         "UPDATE payout_days SET total = total - 100", "RulesCountWhatThereWas"},
        {"a recipient is known whom nobody paid",
         "INSERT INTO payout_recipients VALUES (1, 254799999999)", "RulesCountWhatThereWas"},
        {"what claims a second payment calls nobody",
         "UPDATE deposits SET flags = 0 WHERE id = (SELECT deposit_id FROM deposit_events "
         "WHERE kind = 20 LIMIT 1)",
         "DepositsFollowTheirStory"},
        {"what went to another recipient calls nobody",
         "UPDATE withdrawals SET flags = 0 WHERE id = (SELECT withdrawal_id "
         "FROM withdrawal_events WHERE kind = 23 LIMIT 1)",
         "WithdrawalsFollowTheirStory"},
        {"the recipient of what waits to go out, and nobody approved, is another",
         "UPDATE withdrawals SET phone = 254799999999 WHERE withdrawal_id = 'queued'", ""},
        {"an idempotency key answers with another's payment",
         "UPDATE idempotency_keys SET response = (SELECT response FROM idempotency_keys "
         "WHERE key = 'other-key') WHERE key = 'demo-key'",
         "SameKeySameAnswer"},
        {"a payment is in dollars", "UPDATE withdrawals SET currency = 'USD' WHERE id = $waiting",
         "AccountsAreWhatTheySay"},
        {"a whole payment is gone with its balances",
         "UPDATE accounts SET balance = balance - COALESCE((SELECT SUM(p.amount) FROM postings p "
         "WHERE p.subject_id = $other AND p.account_id = accounts.id), 0); "
         "CREATE TEMP TABLE gone AS SELECT $other AS id; "
         "DELETE FROM postback_attempts WHERE postback_id = (SELECT id FROM postbacks "
         "WHERE subject_id = (SELECT id FROM gone)); "
         "DELETE FROM postbacks WHERE subject_id = (SELECT id FROM gone); "
         "DELETE FROM postings WHERE subject_id = (SELECT id FROM gone); "
         "DELETE FROM ledger_transactions WHERE subject_id = (SELECT id FROM gone); "
         "DELETE FROM receipts WHERE subject_id = (SELECT id FROM gone); "
         "DELETE FROM rail_messages WHERE subject_id = (SELECT id FROM gone); "
         "DELETE FROM paybill_references WHERE deposit_id = (SELECT id FROM gone); "
         "DELETE FROM paybill_payers WHERE receipt NOT IN (SELECT receipt FROM receipts); "
         "DELETE FROM deposit_events WHERE deposit_id = (SELECT id FROM gone); "
         "DELETE FROM deposits WHERE id = (SELECT id FROM gone); DROP TABLE gone",
         ""},
    };
    return list;
}

}  // namespace lango::laws::test

// What of a receipt has gone back or is about to, by one withdrawal `w` that is its refund, as an
// expression of SQL: refunded(), its law and the list of suspense must count alike. A withdrawal
// that is not failed (7) counts whole. What left uncovered, after it was called failed or a second
// time, is a receipt of outcome 4, named by an event of kind 15, contradicted.
#pragma once

#define LANGO_REFUND_GONE                                        \
    "(CASE WHEN w.state <> 7 THEN w.amount ELSE 0 END + "        \
    "COALESCE((SELECT SUM(r.amount) FROM withdrawal_events e "   \
    "JOIN receipts r ON r.receipt = e.detail AND r.outcome = 4 " \
    "WHERE e.withdrawal_id = w.id AND e.kind = 15), 0))"

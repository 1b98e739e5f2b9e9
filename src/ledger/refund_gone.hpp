// What of a receipt has gone back or is about to, by one withdrawal `w` that is its refund, as an
// expression of SQL: refunded(), its law and the list of suspense must count alike. A withdrawal
// that is not failed counts whole. What left uncovered, after it was called failed or a second
// time, is a receipt of its own, named by an event that contradicts.
#pragma once
#include "store/words.hpp"

#define LANGO_LEFT_UNCOVERED                                                      \
    "COALESCE((SELECT SUM(r.amount) FROM withdrawal_events e JOIN receipts r ON " \
    "r.receipt = e.detail AND r.outcome = " LANGO_BOOKED_UNCOVERED                \
    " WHERE e.withdrawal_id = w.id AND e.kind = " LANGO_WITHDRAWAL_EVENT_CONTRADICTED "), 0)"

#define LANGO_REFUND_GONE                            \
    "(CASE WHEN w.state <> " LANGO_WITHDRAWAL_FAILED \
    " THEN w.amount ELSE 0 END + " LANGO_LEFT_UNCOVERED ")"

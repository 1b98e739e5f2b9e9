// What of money in suspense, the row `i`, is still in front of a person, as expressions of SQL: the
// list, what is left to give, and what may be masked must say the same.
#pragma once
#include "ledger/refund_gone.hpp"

// Refunds in the credited order's name are its merchant's.
#define LANGO_ITEM_GOES_BACK                                                            \
    "(SELECT COALESCE(SUM(" LANGO_REFUND_GONE                                           \
    "), 0) FROM refunds f JOIN withdrawals w "                                          \
    "ON w.id = f.withdrawal_id WHERE f.receipt = i.receipt AND (i.credited_id IS NULL " \
    "OR f.deposit_id IS NULL OR f.deposit_id <> i.credited_id))"

// In minor units.
#define LANGO_ITEM_REST "(i.amount - i.allocated - i.written_off - " LANGO_ITEM_GOES_BACK ")"

// Allocated, gone back or written off as a whole, and nothing of it has moved since ?2.
#define LANGO_ITEM_IS_OVER                                                                \
    "(" LANGO_ITEM_REST                                                                   \
    " <= 0 AND COALESCE(i.allocated_at, 0) < ?2 AND NOT EXISTS (SELECT 1 FROM refunds f " \
    "JOIN withdrawals w ON w.id = f.withdrawal_id WHERE f.receipt = i.receipt AND "       \
    "(w.closed_at IS NULL OR w.closed_at >= ?2)) AND NOT EXISTS (SELECT 1 FROM "          \
    "ledger_transactions t WHERE t.subject_id = i.id AND t.booked_at >= ?2))"

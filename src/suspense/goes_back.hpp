// What of an item `i` has gone back to its payer or is about to, as an expression of SQL: what is
// left of it is counted alike everywhere. Refunds in the credited order's name are its merchant's.
#pragma once
#include "ledger/refund_gone.hpp"

#define LANGO_ITEM_GOES_BACK                                                            \
    "(SELECT COALESCE(SUM(" LANGO_REFUND_GONE                                           \
    "), 0) FROM refunds f JOIN withdrawals w "                                          \
    "ON w.id = f.withdrawal_id WHERE f.receipt = i.receipt AND (i.credited_id IS NULL " \
    "OR f.deposit_id IS NULL OR f.deposit_id <> i.credited_id))"

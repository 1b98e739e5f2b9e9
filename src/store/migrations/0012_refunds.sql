-- What a withdrawal of kind refund gives back. State, hold, amount and events are the withdrawal's.
CREATE TABLE refunds (
    withdrawal_id INTEGER PRIMARY KEY,
    receipt TEXT NOT NULL,                   -- of the money that goes back
    deposit_id INTEGER,                      -- that it came for; NULL: for none
    method INTEGER NOT NULL,                 -- withdrawals::RefundMethod
    reason TEXT NOT NULL,
    who TEXT NOT NULL
);
CREATE INDEX refunds_receipt ON refunds (receipt);
CREATE INDEX refunds_deposit ON refunds (deposit_id) WHERE deposit_id IS NOT NULL;

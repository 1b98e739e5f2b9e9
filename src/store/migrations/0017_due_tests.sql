-- Tests are looked for beside a queue of payouts that may be long.
CREATE INDEX withdrawals_tests ON withdrawals (due_at) WHERE kind = 3 AND due_at IS NOT NULL;

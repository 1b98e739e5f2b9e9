-- For counting what is under way, whatever it waits for.
CREATE INDEX withdrawals_open ON withdrawals (state, flags) WHERE closed_at IS NULL;

-- What a withdrawal request was signed as (withdrawals::SignedAs); NULL for people and batches.
ALTER TABLE withdrawals ADD COLUMN signature INTEGER;
ALTER TABLE withdrawals ADD COLUMN signed_form INTEGER NOT NULL DEFAULT 0;
CREATE INDEX withdrawals_signature ON withdrawals (signature, signed_form) WHERE signature IS NOT NULL;

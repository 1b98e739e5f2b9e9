-- What the rail calls a request that carries no id of ours (a reversal, a payout of version 1): by
-- this it is asked about where the reply told it (daraja.md 6.1).
ALTER TABLE withdrawals ADD COLUMN originator_conversation_id TEXT;

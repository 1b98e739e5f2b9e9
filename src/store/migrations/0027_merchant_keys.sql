-- Keys that new ones took the place of, good until the overlap ends. NULL or '': that one was not
-- changed. Sealed like the merchant's own.
CREATE TABLE merchant_former_keys (
    merchant_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    until INTEGER NOT NULL,
    secret_hash BLOB,
    access_key TEXT NOT NULL,
    private_access_key BLOB,
    private_key BLOB,
    webhook_secret BLOB,
    PRIMARY KEY (merchant_id, number)
) WITHOUT ROWID;
-- When a key was last good for something: an API secret by its keyed hash, a pair by its access key.
CREATE TABLE merchant_key_uses (
    key BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (key)
) WITHOUT ROWID;
-- 1: a withdrawal without an id of the merchant's is refused.
ALTER TABLE merchants ADD COLUMN needs_withdrawal_id INTEGER NOT NULL DEFAULT 0;
-- 1: the merchant is told of failed and expired deposits.
ALTER TABLE merchants ADD COLUMN failed_events INTEGER NOT NULL DEFAULT 0;

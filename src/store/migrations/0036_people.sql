-- Roles (people::Role), merchants' own people, and sessions. Whoever was an operator stays one; the
-- first administrator is made on the machine itself.
ALTER TABLE operators ADD COLUMN role INTEGER NOT NULL DEFAULT 2;
ALTER TABLE operators ADD COLUMN merchant_id INTEGER;  -- whose person; NULL: the operator's own
-- What `lango login` keeps instead of a key; only keyed hashes. Ended ones are deleted.
CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) WITHOUT ROWID;

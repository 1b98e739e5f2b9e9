-- Passkeys of people (people/passkeys.hpp), and what they signed. One that is removed stays, so that
-- what it signed can still be proved.
CREATE TABLE passkeys (
    key_id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,                      -- whose
    algorithm INTEGER NOT NULL,              -- COSE: people::KeyAlgorithm
    public_key BLOB NOT NULL,
    counter INTEGER NOT NULL,                -- that it said last
    label TEXT NOT NULL,                     -- the person's word for it
    made_at INTEGER NOT NULL,
    last_used_at INTEGER,
    removed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX passkeys_by_name ON passkeys (name) WHERE removed_at IS NULL;
CREATE TABLE passkey_uses (
    number INTEGER NOT NULL PRIMARY KEY,
    key_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    about TEXT NOT NULL,                     -- "login", or the act that was signed (docs/formats/passkeys.md)
    authenticator_data BLOB NOT NULL,
    client_data BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;
CREATE INDEX passkey_uses_by_key ON passkey_uses (key_id, number);

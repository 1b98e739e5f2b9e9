-- What people show in the browser, and the sessions that they have there.
CREATE TABLE passwords (
    name TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,                      -- Argon2id, with its salt and costs
    set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE totp_secrets (
    name TEXT NOT NULL PRIMARY KEY,
    sealed BLOB,                             -- NULL: none yet that a code was shown of
    pending BLOB,                            -- shown to them, and no code of it came back yet
    last_step INTEGER NOT NULL               -- of the last code that was taken
) STRICT, WITHOUT ROWID;
-- Each is deleted when it is used.
CREATE TABLE recovery_codes (
    name TEXT NOT NULL,
    hash BLOB NOT NULL,                      -- keyed
    PRIMARY KEY (name, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE browser_sessions (
    number INTEGER PRIMARY KEY,              -- by which its owner ends it; stays when the id changes
    id_hash BLOB NOT NULL UNIQUE,            -- keyed
    name TEXT NOT NULL,
    stage INTEGER NOT NULL,                  -- people::Stage
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    browser TEXT NOT NULL
) STRICT;
CREATE INDEX browser_sessions_of ON browser_sessions (name);
-- A link that makes one person's password, once.
CREATE TABLE invitations (
    name TEXT NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,         -- keyed
    made_by TEXT NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Attempts that failed, by name, by address, and by a browser that has been in before.
CREATE TABLE failed_attempts (
    hash BLOB NOT NULL PRIMARY KEY,          -- keyed, of what they are counted by
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX failed_attempts_by_time ON failed_attempts (last_at);

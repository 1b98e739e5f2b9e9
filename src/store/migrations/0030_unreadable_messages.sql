-- What the rail sent and nobody could read, one row per identical body; it waits for a person.
CREATE TABLE unreadable_messages (
    number INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,             -- SHA-256 of the whole body
    door INTEGER NOT NULL,                   -- unreadable::Door
    subject TEXT NOT NULL,                   -- as in the path: an id, or a shortcode
    why TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    length INTEGER NOT NULL,                 -- of the whole body
    body BLOB NOT NULL,                      -- its first 64 KiB
    attended_at INTEGER,
    attended_by TEXT NOT NULL
);
CREATE INDEX unreadable_waiting ON unreadable_messages (number) WHERE attended_at IS NULL;
CREATE TABLE unreadable_hours (
    door INTEGER NOT NULL,
    subject TEXT NOT NULL,
    hour INTEGER NOT NULL,                   -- when it begins
    times INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    PRIMARY KEY (door, subject, hour)
) WITHOUT ROWID;

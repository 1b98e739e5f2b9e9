-- The same bytes at two addresses are two messages: an empty body says nothing of whom it was for.
-- The key of a table cannot be changed, so the table is made anew.
CREATE TABLE unreadable_by_subject (
    number INTEGER PRIMARY KEY,
    digest BLOB NOT NULL,                    -- SHA-256 of the whole body
    door INTEGER NOT NULL,                   -- unreadable::Door
    subject TEXT NOT NULL,                   -- as in the path: an id, or a shortcode
    why TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    length INTEGER NOT NULL,                 -- of the whole body
    body BLOB NOT NULL,                      -- its first 64 KiB; masked: what src/privacy left
    attended_at INTEGER,
    attended_by TEXT NOT NULL,
    masked_at INTEGER,                       -- when the person was taken out of it; NULL: as it came
    UNIQUE (digest, door, subject)
);
INSERT INTO unreadable_by_subject (number, digest, door, subject, why, first_at, last_at, times,
    length, body, attended_at, attended_by, masked_at)
SELECT number, digest, door, subject, why, first_at, last_at, times, length, body, attended_at,
    attended_by, masked_at FROM unreadable_messages ORDER BY number;
DROP TABLE unreadable_messages;
ALTER TABLE unreadable_by_subject RENAME TO unreadable_messages;
CREATE INDEX unreadable_waiting ON unreadable_messages (number) WHERE attended_at IS NULL;

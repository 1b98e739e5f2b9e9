-- What merchants are told beside the page's postbacks (docs/formats/events.md): at most one of a
-- deposit, whose id it has. The bytes stand here as they are sent; digest is their SHA-256.
CREATE TABLE webhook_events (
    id INTEGER PRIMARY KEY,                  -- the deposit's
    merchant_id INTEGER NOT NULL,
    state INTEGER NOT NULL,                  -- postbacks::State
    attempts INTEGER NOT NULL,
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    first_attempt_at INTEGER,
    body TEXT NOT NULL,
    digest BLOB NOT NULL
);
CREATE INDEX webhook_events_due ON webhook_events (merchant_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_events_exhausted ON webhook_events (id) WHERE state = 3;
CREATE TABLE webhook_event_attempts (
    event_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    took INTEGER NOT NULL,                   -- microseconds
    outcome INTEGER NOT NULL,                -- postbacks::AttemptOutcome
    status INTEGER NOT NULL,                 -- HTTP status; 0: no answer
    answer TEXT NOT NULL,                    -- at most 2 KiB
    PRIMARY KEY (event_id, number)
) WITHOUT ROWID;

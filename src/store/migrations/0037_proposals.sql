-- What one person wants done and another must agree to: the call as it was made, without credentials.
CREATE TABLE proposals (
    number INTEGER PRIMARY KEY,
    use_case TEXT NOT NULL,                  -- "deposit.resolve"
    path TEXT NOT NULL,
    body TEXT NOT NULL,
    code TEXT NOT NULL,                      -- of the three: what is agreed to
    proposed_by TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    state INTEGER NOT NULL,                  -- approvals::State
    ended_at INTEGER,
    ended_by TEXT NOT NULL,                  -- who agreed, rejected or withdrew it; '' while it is open
    outcome TEXT NOT NULL                    -- what carrying it out came to; '' before
);
CREATE INDEX proposals_open ON proposals (number) WHERE state = 1;

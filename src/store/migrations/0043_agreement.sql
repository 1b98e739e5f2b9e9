-- Whether a person's key was made by themselves: a first key was seen by whoever added them, and
-- does nothing but make another one. Those of before have theirs.
ALTER TABLE operators ADD COLUMN key_is_own INTEGER NOT NULL DEFAULT 1;
-- Who was removed, also when they have come again by that name: for a while they count among those
-- who could have agreed, so that whoever removes the only other one is not alone at once.
CREATE TABLE former_people (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role INTEGER NOT NULL,                   -- people::Role
    merchant_id INTEGER,                     -- whose person; NULL: the operator's own
    removed_at INTEGER NOT NULL
);
CREATE INDEX former_people_by_time ON former_people (removed_at);
INSERT INTO former_people (name, role, merchant_id, removed_at)
SELECT name, role, merchant_id, removed_at FROM operators WHERE removed_at IS NOT NULL;
-- Keys that were refused, one row for each name and day: however many are tried, the trail has one
-- line of it.
CREATE TABLE refused_keys (
    day INTEGER NOT NULL,                    -- UTC, whole days since 1970
    name TEXT NOT NULL,                      -- '': names that nobody has
    count INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (day, name)
) WITHOUT ROWID;
-- How many people a withdrawal that waits for approval needed when it was made, where that is more
-- than one: rules that are loosened meanwhile loosen nothing that waits.
CREATE TABLE approvals_asked (
    withdrawal_id INTEGER PRIMARY KEY,
    needed INTEGER NOT NULL
);
INSERT INTO approvals_asked (withdrawal_id, needed)
SELECT w.id, m.approvals_needed FROM withdrawals w JOIN merchants m ON m.id = w.merchant_id
WHERE w.closed_at IS NULL AND w.state = 1 AND (w.flags & 4) <> 0 AND m.approvals_needed > 1;

-- The rail's spacing of prompts per phone. Follows from deposits of the last minutes, so it is
-- kept in memory. Phone 0 stands in it once it has been made from them: without that row it is
-- empty because the store was opened, and is made again.
CREATE TEMP TABLE phone_guards (
    phone INTEGER PRIMARY KEY,
    deposit_id INTEGER NOT NULL,             -- whose prompt it is
    amount INTEGER NOT NULL,
    last_push INTEGER NOT NULL,              -- when the last push goes or went out
    open_until INTEGER NOT NULL              -- no other push to this phone before
);
-- Rows that this process has made itself, and that no other program can have changed: those of a
-- higher id, while nobody else has written (laws/payout.hpp).
CREATE TEMP TABLE made_here (
    others INTEGER NOT NULL,                 -- store::writes_of_others
    after INTEGER NOT NULL
);

-- The rail's spacing of prompts per phone. Follows from deposits of the last minutes, so it is
-- kept in memory and made again at every start.
CREATE TEMP TABLE phone_guards (
    phone INTEGER PRIMARY KEY,
    amount INTEGER NOT NULL,
    last_push INTEGER NOT NULL,              -- when the last push goes or went out
    open_until INTEGER NOT NULL              -- no other push to this phone before
);

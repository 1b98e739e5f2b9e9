-- How far this database has got in what it tells outside; one row. The mark beside the data
-- directory says the same (restore/mark.hpp): a database behind it is an older backup.
CREATE TABLE told (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    database TEXT NOT NULL,                  -- 32 hex digits; '': no mark was ever made
    lease INTEGER NOT NULL,                  -- grows with each start and while it runs
    leased_at INTEGER NOT NULL,              -- what is older than this is in the database
    stockpiling_floor INTEGER NOT NULL,      -- no number below it is told any more
    reference_floor INTEGER NOT NULL
);
INSERT INTO told (one, database, lease, leased_at, stockpiling_floor, reference_floor)
VALUES (1, '', 0, 0, 1, 1);
-- Each time that the database was found to be older than what it had told.
CREATE TABLE restorations (
    number INTEGER PRIMARY KEY,
    found_at INTEGER NOT NULL,
    why TEXT NOT NULL,
    data_to INTEGER NOT NULL,                -- the backup's last instant, as far as it is known
    pulled_from INTEGER,                     -- what of the rail's list has been read since
    pulled_to INTEGER,
    lifted_at INTEGER,
    lifted_by TEXT NOT NULL
);

-- Money that came and was not credited to an order at once. Its ledger transaction is (id,
-- deposit_to_suspense); of the amount, `allocated` has gone on to an order since.
CREATE TABLE suspense_items (
    id INTEGER PRIMARY KEY,
    receipt TEXT NOT NULL UNIQUE,
    amount INTEGER NOT NULL,
    allocated INTEGER NOT NULL,
    reason INTEGER NOT NULL,                 -- suspense::Reason
    reference TEXT NOT NULL,                 -- as the payer typed it
    phone TEXT NOT NULL,                     -- as the rail gives it: whole, masked, hashed; '': not
    about_id INTEGER,                        -- the deposit it seems to be for
    credited_id INTEGER UNIQUE,              -- the deposit it was allocated to
    paid_at INTEGER NOT NULL,                -- as the rail says, else when we were told
    booked_at INTEGER NOT NULL,
    allocated_at INTEGER,
    allocated_by TEXT NOT NULL
);
CREATE INDEX suspense_items_open ON suspense_items (id) WHERE allocated < amount;
INSERT INTO suspense_items (id, receipt, amount, allocated, reason, reference, phone, paid_at,
                            booked_at, allocated_by)
SELECT r.subject_id, r.receipt, r.amount, 0, 6, '', '', t.booked_at, t.booked_at, ''
FROM receipts r JOIN ledger_transactions t ON t.subject_id = r.subject_id AND t.outcome = r.outcome
WHERE r.outcome = 2;
-- Confirmations of much money, which nobody signs: booked when the rail's own list has them too.
CREATE TABLE paybill_claims (
    receipt TEXT PRIMARY KEY,
    id INTEGER NOT NULL,                     -- rail_messages keeps the body under it
    at INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    reference TEXT NOT NULL,
    phone TEXT NOT NULL,
    settled_at INTEGER
);
CREATE INDEX paybill_claims_open ON paybill_claims (at) WHERE settled_at IS NULL;
-- How far the rail's own list of payments has been read, per shortcode.
CREATE TABLE paybill_sweeps (
    shortcode INTEGER PRIMARY KEY,
    swept_to INTEGER NOT NULL
);
ALTER TABLE merchants ADD COLUMN paybill_amount TEXT NOT NULL DEFAULT 'at-least';

-- api.{domain} and plugin.{domain} are the merchant's; "": {slug}.localhost alone.
ALTER TABLE merchants ADD COLUMN domain TEXT NOT NULL DEFAULT '';
-- 0: a withdrawal that the balance does not cover is taken and waits for its cover.
ALTER TABLE merchants ADD COLUMN balance_check INTEGER NOT NULL DEFAULT 1;
-- When a withdrawal waits for people. Amounts: 0 is no rule.
ALTER TABLE merchants ADD COLUMN approval_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE merchants ADD COLUMN approval_day_total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE merchants ADD COLUMN approval_new_recipient INTEGER NOT NULL DEFAULT 0;
ALTER TABLE merchants ADD COLUMN approvals_needed INTEGER NOT NULL DEFAULT 1;
-- What each merchant with a day total has asked for in a day (UTC, whole days since 1970); made
-- from the withdrawals when a day's first is missing, and forgotten when the rule changes.
CREATE TABLE payout_days (
    merchant_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, day)
) WITHOUT ROWID;
-- Who has been paid by a merchant since he asks for approval of new recipients.
CREATE TABLE payout_recipients (
    merchant_id INTEGER NOT NULL,
    phone INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, phone)
) WITHOUT ROWID;
-- The person who made it; '' for the API.
ALTER TABLE withdrawals ADD COLUMN created_by TEXT NOT NULL DEFAULT '';
-- Who approved what: code names the recipient and amount that the person saw.
CREATE TABLE withdrawal_approvals (
    withdrawal_id INTEGER NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (withdrawal_id, who)
) WITHOUT ROWID;
-- What people say became of a payout that nothing else settles; two must say the same.
CREATE TABLE withdrawal_verdicts (
    withdrawal_id INTEGER NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    code TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (withdrawal_id, who)
) WITHOUT ROWID;
-- People who may decide: the back office's users, while there is no back office.
CREATE TABLE operators (
    name TEXT PRIMARY KEY,
    key_hash BLOB NOT NULL,                  -- keyed hash of what the person proves himself with
    added_at INTEGER NOT NULL,
    removed_at INTEGER
);
-- The audit trail of operators: what was done by whom to whom or what; never updated.
CREATE TABLE operator_acts (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

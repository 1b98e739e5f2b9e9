-- INTEGER means 64 bits on every engine. Times are microseconds since 1970 UTC, amounts minor units.
CREATE TABLE merchants (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    secret_hash BLOB NOT NULL UNIQUE,        -- keyed hash of the API secret
    access_key TEXT NOT NULL,
    private_access_key BLOB NOT NULL,        -- sealed: signs postbacks
    private_key BLOB NOT NULL,               -- sealed: signs withdrawal requests
    webhook_secret BLOB NOT NULL,            -- sealed: signs Standard Webhooks headers
    postback_url TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    deposit_min INTEGER NOT NULL,
    deposit_max INTEGER NOT NULL,
    fee_percent TEXT NOT NULL,               -- decimal text: "1.5" is 1.5 %
    fee_fixed INTEGER NOT NULL,
    ip_allow_list TEXT NOT NULL,             -- addresses joined by ","; empty: every address
    created_at INTEGER NOT NULL
);
-- The audit trail of settings: one row a change, never updated.
CREATE TABLE merchant_changes (
    merchant_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    setting TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (merchant_id, number)
);
-- Never updated: a postback names the table it was converted with.
CREATE TABLE rate_tables (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    as_of INTEGER NOT NULL,
    imported_at INTEGER NOT NULL,
    rates TEXT NOT NULL                      -- {"USD":"1","INR":"83.28",...}, one US dollar in each
);

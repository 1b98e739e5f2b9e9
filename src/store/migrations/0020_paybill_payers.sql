-- Who paid an order by paybill, as far as the rail showed it: a refund goes to him without asking.
CREATE TABLE paybill_payers (
    receipt TEXT NOT NULL PRIMARY KEY,
    phone TEXT NOT NULL
) WITHOUT ROWID;

-- Receipts of before there was one reader of them (rails/receipt.hpp). They keep their text; `reads`
-- is what it is read as, so that the same payment told again is known; NULL: it is no receipt.
CREATE TABLE odd_receipts (
    receipt TEXT PRIMARY KEY,
    reads TEXT
) WITHOUT ROWID;
CREATE INDEX odd_receipts_reads ON odd_receipts (reads) WHERE reads IS NOT NULL;
INSERT INTO odd_receipts (receipt, reads)
SELECT receipt, CASE WHEN length(told) = 10 AND told NOT GLOB '*[^A-Z0-9]*'
    AND told NOT LIKE '%0000000' THEN told END
FROM (SELECT receipt, outcome,
    upper(trim(receipt, ' ' || char(9) || char(10) || char(13))) AS told FROM receipts)
WHERE (outcome IN (1, 2) OR receipt NOT LIKE '%/reversed')
    AND (receipt <> told OR length(told) <> 10 OR told GLOB '*[^A-Z0-9]*'
         OR told LIKE '%0000000');
-- A claim may be of a second payment for an order that is paid, told by its prompt's callback; an
-- amount of 0: nobody said how much.
ALTER TABLE paybill_claims ADD COLUMN about_id INTEGER;

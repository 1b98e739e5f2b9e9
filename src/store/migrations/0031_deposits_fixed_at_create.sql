-- The shortcode that the push went out under: its money is on that account, whatever is configured
-- later. NULL: not pushed yet, or before this migration with more than one account in the ledger;
-- then the one that is configured counts.
ALTER TABLE deposits ADD COLUMN shortcode INTEGER;
UPDATE deposits SET shortcode = (SELECT owner FROM accounts WHERE kind = 1)
WHERE pushed_at IS NOT NULL AND (SELECT COUNT(*) FROM accounts WHERE kind = 1) = 1;
-- The commission, fixed when it was created. NULL: before this migration; the merchant's at payment.
ALTER TABLE deposits ADD COLUMN fee INTEGER;
-- Of a failure that may turn, the questions are counted from 1 (deposits/plan.hpp), no more from 5.
UPDATE deposits SET tries = MAX(tries - 4, 0) WHERE state = 7 AND due_at IS NOT NULL;

-- What its maker called a refund before he asked for it, so that asking again makes no second one;
-- and what he asked for, hashed. NULL: he gave it no name.
ALTER TABLE refunds ADD COLUMN retry_key TEXT;
ALTER TABLE refunds ADD COLUMN asked TEXT;
CREATE UNIQUE INDEX refunds_retry_key ON refunds (retry_key) WHERE retry_key IS NOT NULL;

-- When an operator said that the claimed money did not come; his trail says who and why. The rail's
-- own list still books it, should it have it after all.
ALTER TABLE paybill_claims ADD COLUMN dismissed_at INTEGER;

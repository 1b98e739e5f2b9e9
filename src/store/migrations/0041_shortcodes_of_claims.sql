-- Whose account claimed money came to, or a payout without a row left; 0: nobody knows, and the
-- configured one counts when a person books it.
ALTER TABLE paybill_claims ADD COLUMN shortcode INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lost_payouts ADD COLUMN shortcode INTEGER NOT NULL DEFAULT 0;

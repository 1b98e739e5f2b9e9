-- Whether the shop had signed the link that began the order: else amount and name are the payer's
-- word, and the name gives way to the merchant's own payment.
ALTER TABLE window_orders ADD COLUMN signed INTEGER NOT NULL DEFAULT 0;
-- The prompts that forms of the window asked for in the last two hours, with the order's own write: how
-- often a phone was rung, and what became of a merchant's. By the deposits' ids, which are times.
CREATE TABLE window_prompts (
    deposit_id INTEGER PRIMARY KEY,
    merchant_id INTEGER NOT NULL,
    phone INTEGER NOT NULL,
    signed INTEGER NOT NULL
);
CREATE INDEX window_prompts_by_phone ON window_prompts (phone, deposit_id);
CREATE INDEX window_prompts_by_merchant ON window_prompts (merchant_id, deposit_id);

-- Cents of an item that an operator gave up: M-PESA moves whole shillings.
ALTER TABLE suspense_items ADD COLUMN written_off INTEGER NOT NULL DEFAULT 0;

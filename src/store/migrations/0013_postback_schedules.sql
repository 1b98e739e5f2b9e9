-- When a merchant is told again, as the settings of that name write it; '': as everybody.
ALTER TABLE merchants ADD COLUMN postback_schedule TEXT NOT NULL DEFAULT '';
ALTER TABLE merchants ADD COLUMN postback_give_up TEXT NOT NULL DEFAULT '';

-- A merchant whom an operator has disabled: nothing new of his is taken, what is open goes on to its
-- end. His trail says who did it and when.
ALTER TABLE merchants ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1));

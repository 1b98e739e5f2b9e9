-- When the person was taken out of a body that nobody could read (src/privacy); NULL: it stands as
-- it came.
ALTER TABLE unreadable_messages ADD COLUMN masked_at INTEGER;

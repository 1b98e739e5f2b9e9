-- The trail is read by time, of acts and of changed settings alike.
CREATE INDEX operator_acts_by_time ON operator_acts (at);
CREATE INDEX merchant_changes_by_time ON merchant_changes (at);

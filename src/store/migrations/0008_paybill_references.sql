-- What payers type at the paybill menu: given to an order when somebody is to be told it, for ever.
CREATE TABLE paybill_references (
    number INTEGER PRIMARY KEY,              -- 1, 2, 3, ...: printed by paybill/reference.hpp
    deposit_id INTEGER NOT NULL UNIQUE
);

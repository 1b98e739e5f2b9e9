-- Roles that people make (people/custom_roles.hpp). A row is never changed but for its end: another
-- set of permissions is another row by the same name, so that what somebody could do before is
-- still known. operators.role has the number.
CREATE TABLE custom_roles (
    number INTEGER NOT NULL PRIMARY KEY,     -- from 1000 on: below it are those of people::Role
    name TEXT NOT NULL,
    merchant_id INTEGER NOT NULL,            -- whose people may have it; 0: the operator's own
    permissions TEXT NOT NULL,               -- names of people::Permission, a blank between two
    made_at INTEGER NOT NULL,
    ended_at INTEGER                         -- removed, or another row stands in its place
) STRICT;
CREATE UNIQUE INDEX custom_roles_by_name ON custom_roles (merchant_id, name) WHERE ended_at IS NULL;
-- Whose person proposed it; NULL: the operator's own.
ALTER TABLE proposals ADD COLUMN merchant_id INTEGER;

-- Ids are trimmed now (base/trim.hpp). Those of before keep their text; here they are found by what
-- they would be today, so that none is taken a second time. Filled once, by this migration.
CREATE TABLE untrimmed_ids (
    kind INTEGER NOT NULL,                   -- 1: deposits, 2: withdrawals
    merchant_id INTEGER NOT NULL,
    trimmed TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (kind, merchant_id, trimmed, id)
) WITHOUT ROWID;
INSERT INTO untrimmed_ids (kind, merchant_id, trimmed, id)
SELECT kind, merchant_id, trimmed, id FROM (
    SELECT 1 AS kind, merchant_id, custom_transaction_id AS told, id,
        trim(custom_transaction_id, char(9, 10, 11, 12, 13, 32, 133, 160, 5760, 6158, 8192, 8193,
            8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8206, 8232, 8233, 8239,
            8287, 12288, 65279)) AS trimmed FROM deposits
    UNION ALL
    SELECT 2, merchant_id, withdrawal_id, id,
        trim(withdrawal_id, char(9, 10, 11, 12, 13, 32, 133, 160, 5760, 6158, 8192, 8193,
            8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8203, 8206, 8232, 8233, 8239,
            8287, 12288, 65279)) FROM withdrawals)
WHERE trimmed <> told;

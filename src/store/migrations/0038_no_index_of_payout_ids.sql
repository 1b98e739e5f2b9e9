-- It fell on random pages: half of all that an accepted withdrawal wrote. An id follows from merchant
-- and withdrawal_id, which are unique together; a payout is looked for by its id alone only when the
-- row that the rail names is gone, and then among the latest.
DROP INDEX withdrawals_payout_id;

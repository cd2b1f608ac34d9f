-- What the letter of invitation says beside its date: which wave of replication it belongs to, and its number.
ALTER TABLE district_invitation
    ADD COLUMN wave smallint CHECK (wave BETWEEN 1 AND 99),
    ADD COLUMN letter_number text NOT NULL DEFAULT '';

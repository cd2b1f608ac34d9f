-- Sending happens outside of transactions: who sends an entry has it until then.
ALTER TABLE outbox ADD COLUMN claimed_until timestamptz;
-- Requests for a link to reset a password wait here too: who asks must not learn from the time of the answer whether there
-- is an account.
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('mail', 'password_reset'));

-- Why a district's workspace is suspended or archived, for its own people to read.
ALTER TABLE district
    ADD COLUMN status_reason  text NOT NULL DEFAULT '',
    ADD COLUMN status_by_name text NOT NULL DEFAULT '',
    ADD COLUMN status_at      timestamptz NOT NULL DEFAULT now();
-- The owner is held to row level security too.
ALTER TABLE district NO FORCE ROW LEVEL SECURITY;
UPDATE district SET status_at = created_at;
ALTER TABLE district FORCE ROW LEVEL SECURITY;

-- What the nation as a whole has planned, one row. The ministry's administrators keep it.
CREATE TABLE replication_plan (
    id           smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    districts    integer NOT NULL CHECK (districts BETWEEN 1 AND 9999),
    source       text NOT NULL CHECK (source <> ''),  -- where the number was announced
    announced_on date,
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
INSERT INTO replication_plan (districts, source, announced_on)
VALUES (111, 'SINDOnews, “111 Kabupaten di Indonesia Akan Replikasi PLKSAI”', '2019-06-29');

ALTER TABLE readiness_summary
    ADD COLUMN phase_dates jsonb NOT NULL DEFAULT '[]',      -- when each phase was reached, in order: ["2018-02-01", …]
    ADD COLUMN last_progress_on date,                        -- the day of the last thing that the district itself did
    ADD COLUMN expiring smallint NOT NULL DEFAULT 0,         -- items whose proof ends within the time of notice
    ADD COLUMN expired smallint NOT NULL DEFAULT 0;          -- items whose proof has ended

-- Summaries that lack the new figures are made anew when the service starts. The owner is held to row level security too.
ALTER TABLE readiness_summary NO FORCE ROW LEVEL SECURITY;
UPDATE readiness_summary SET standard_fingerprint = NULL;
ALTER TABLE readiness_summary FORCE ROW LEVEL SECURITY;

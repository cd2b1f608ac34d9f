-- When a person first signed in: a coordinator who never did is why a district does not come along.
ALTER TABLE account ADD COLUMN first_signed_in_at timestamptz;
ALTER TABLE account NO FORCE ROW LEVEL SECURITY;
ALTER TABLE session NO FORCE ROW LEVEL SECURITY;
UPDATE account a SET first_signed_in_at = (SELECT min(s.created_at) FROM session s WHERE s.account_id = a.id);
ALTER TABLE session FORCE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;

-- A reminder that province or ministry sent to a district's coordinators.
CREATE TABLE nudge (
    district_id    integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id             uuid NOT NULL,
    message        text NOT NULL DEFAULT '',
    obstacles      jsonb NOT NULL,            -- what the system saw in the way then
    progress_on    date,                      -- the day of the district's last progress then; a later one is an effect
    recipients     smallint NOT NULL CHECK (recipients > 0),
    sent_by        uuid NOT NULL REFERENCES account,
    sent_by_name   text NOT NULL,
    sent_at        timestamptz NOT NULL DEFAULT now(),
    opened_at      timestamptz,               -- when a coordinator first read it
    PRIMARY KEY (district_id, id)
);

-- Whose sending is told when the notice is read.
ALTER TABLE notice ADD COLUMN nudge_id uuid;

ALTER TABLE readiness_summary
    ADD COLUMN obstacles jsonb NOT NULL DEFAULT '[]',  -- what the system can see in the way: [{kind, count, since, items}]
    ADD COLUMN last_nudge jsonb;                       -- {id, sent_at, sent_by_name, opened_at, progress_on} of the newest nudge

-- Summaries that lack the new figures are made anew when the service starts.
ALTER TABLE readiness_summary NO FORCE ROW LEVEL SECURITY;
UPDATE readiness_summary SET standard_fingerprint = NULL;
ALTER TABLE readiness_summary FORCE ROW LEVEL SECURITY;

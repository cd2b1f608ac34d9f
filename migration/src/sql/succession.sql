-- Somebody shall follow a coordinator: asked for by one person, decided by another.
CREATE TABLE succession (
    district_id     integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id              uuid NOT NULL,
    successor_email text NOT NULL,
    leaving         uuid,                      -- membership of the coordinator who goes; none when nobody does
    leaving_name    text NOT NULL DEFAULT '',
    reason          text NOT NULL,
    letter_number   text NOT NULL DEFAULT '',  -- of the letter of assignment, when there is one
    status          text NOT NULL CHECK (status IN ('requested', 'approved', 'completed', 'refused', 'withdrawn')),
    requested_by    uuid NOT NULL REFERENCES account,
    requested_by_name text NOT NULL,
    requested_at    timestamptz NOT NULL DEFAULT now(),
    decided_by      uuid REFERENCES account,
    decided_by_name text NOT NULL DEFAULT '',
    decided_at      timestamptz,
    decision_note   text NOT NULL DEFAULT '',
    completed_at    timestamptz,               -- when the successor took over
    invitation_id   uuid,                      -- that the approval sent; the succession is complete when it is accepted
    version         integer NOT NULL DEFAULT 1,
    PRIMARY KEY (district_id, id),
    CHECK (decided_by IS DISTINCT FROM requested_by)
);

-- One at a time: whoever decides sees the only one.
CREATE UNIQUE INDEX succession_open ON succession (district_id) WHERE status = 'requested';

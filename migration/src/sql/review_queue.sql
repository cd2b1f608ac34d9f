-- What waits for a reviewer, over all districts. Derived: written by readiness::refresh only.
CREATE TABLE review_queue (
    district_id       integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id                uuid NOT NULL,              -- of the evidence; of an item that is counted, made of its code
    subject           text NOT NULL CHECK (subject IN ('evidence', 'item')),
    item_code         text COLLATE "C" NOT NULL,
    component         text COLLATE "C" NOT NULL,
    title             text NOT NULL,              -- of the evidence; empty for an item
    kind              text COLLATE "C" NOT NULL,  -- of document; empty for an item
    file_id           uuid,
    evidence_version  integer,
    waiting_since     timestamptz NOT NULL,
    submitted_by      uuid,
    submitted_by_name text NOT NULL,
    caution           text,                       -- why it has to be looked at by itself; null when many may be accepted at once
    reviewer_id       uuid,                       -- who was asked to look at it
    reviewer_name     text,
    asked_by_name     text,
    ask_note          text,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX review_queue_by_age ON review_queue (waiting_since, district_id, id);
CREATE INDEX review_queue_by_reviewer ON review_queue (reviewer_id) WHERE reviewer_id IS NOT NULL;

-- Which reviewer was asked to look at an entry of the queue.
CREATE TABLE review_request (
    district_id   integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id            uuid NOT NULL,                  -- of the entry
    reviewer_id   uuid NOT NULL REFERENCES account,
    reviewer_name text NOT NULL,
    asked_by      uuid NOT NULL REFERENCES account,
    asked_by_name text NOT NULL,
    note          text NOT NULL DEFAULT '',
    asked_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);

-- Every decision of a reviewer, for those who look at many districts.
CREATE TABLE review_decision (
    district_id   integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id            uuid NOT NULL,
    item_code     text COLLATE "C" NOT NULL,
    evidence_id   uuid,                           -- null: the item itself was decided on
    title         text NOT NULL DEFAULT '',
    decision      text NOT NULL CHECK (decision IN ('verified', 'confirmed', 'returned')),
    comment       text NOT NULL DEFAULT '',
    submitted_by  uuid,
    reviewer_id   uuid NOT NULL REFERENCES account,
    reviewer_name text NOT NULL,
    decided_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    -- Nobody decides on what the same person submitted.
    CONSTRAINT review_decision_interest CHECK (reviewer_id <> submitted_by)
);
-- What each reviewer decided lately.
CREATE INDEX review_decision_by_day ON review_decision (decided_at) INCLUDE (reviewer_id);

CREATE INDEX review_decision_by_age ON review_decision (district_id, decided_at DESC, id DESC);

-- The queue is filled when the service starts.
ALTER TABLE readiness_summary NO FORCE ROW LEVEL SECURITY;
UPDATE readiness_summary SET standard_fingerprint = NULL;
ALTER TABLE readiness_summary FORCE ROW LEVEL SECURITY;

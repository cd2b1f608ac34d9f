-- The national standard by its versions, loaded from reference/standard by crate::standards.
CREATE TABLE standard_version (
    version        text COLLATE "C" PRIMARY KEY CHECK (version ~ '^[0-9]+\.[0-9]+$'),
    status         text NOT NULL CHECK (status IN ('proposal', 'adopted')),
    effective_from date NOT NULL,
    content        jsonb NOT NULL,
    fingerprint    text NOT NULL,      -- SHA-256 of the file in hex
    loaded_at      timestamptz NOT NULL DEFAULT now()
);

-- A document that a district shows for an item of the standard.
CREATE TABLE evidence (
    district_id       integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id                uuid NOT NULL,
    item_code         text COLLATE "C" NOT NULL,
    standard_version  text COLLATE "C" NOT NULL REFERENCES standard_version,  -- the measure when it was submitted
    kind              text COLLATE "C" NOT NULL,     -- kind of document, one that the item accepts
    file_id           uuid,
    record_id         uuid,
    title             text NOT NULL,
    number            text NOT NULL DEFAULT '',
    document_date     date,
    valid_until       date CHECK (valid_until >= document_date),
    note              text NOT NULL DEFAULT '',
    status            text NOT NULL CHECK (status IN ('submitted', 'verified', 'returned', 'withdrawn')),
    review_comment    text NOT NULL DEFAULT '',
    reviewed_by       uuid REFERENCES account,
    reviewed_by_name  text,            -- a district cannot see accounts that are not its members
    reviewed_at       timestamptz,
    submitted_by      uuid NOT NULL REFERENCES account,
    submitted_by_name text NOT NULL,
    submitted_at      timestamptz NOT NULL,
    version           integer NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, file_id) REFERENCES file_object (district_id, id),
    FOREIGN KEY (district_id, record_id) REFERENCES setup_record (district_id, id),
    CHECK (status NOT IN ('verified', 'returned') OR (reviewed_by IS NOT NULL AND reviewed_at IS NOT NULL)),
    CHECK (status <> 'returned' OR review_comment <> '')
);
CREATE INDEX evidence_by_item ON evidence (district_id, item_code, id);
CREATE INDEX evidence_by_file ON evidence (district_id, file_id) WHERE file_id IS NOT NULL;
CREATE INDEX evidence_by_record ON evidence (district_id, record_id) WHERE record_id IS NOT NULL;

-- What a reviewer decided about a computed item. The last decision of an item counts while it stands.
CREATE TABLE item_review (
    district_id      integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id               uuid NOT NULL,
    item_code        text COLLATE "C" NOT NULL,
    standard_version text COLLATE "C" NOT NULL REFERENCES standard_version,
    decision         text NOT NULL CHECK (decision IN ('confirmed', 'returned')),
    comment          text NOT NULL DEFAULT '' CHECK (decision <> 'returned' OR comment <> ''),
    subject          text COLLATE "C" NOT NULL,  -- fingerprint of what was looked at: a confirmation ends when it changes
    decided_by       uuid NOT NULL REFERENCES account,
    decided_by_name  text NOT NULL,
    decided_at       timestamptz NOT NULL DEFAULT now(),
    answer           text NOT NULL DEFAULT '',
    answered_by      uuid REFERENCES account,
    answered_by_name text,
    answered_at      timestamptz,                -- a return ends when the district has answered it
    PRIMARY KEY (district_id, id)
);
CREATE INDEX item_review_by_item ON item_review (district_id, item_code, id DESC);

-- Who looks after an item until when, and whether work on it has begun.
CREATE TABLE item_progress (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          uuid NOT NULL,
    item_code   text COLLATE "C" NOT NULL,
    assignee_id uuid REFERENCES account,
    due_on      date,
    note        text NOT NULL DEFAULT '',
    begun       boolean NOT NULL DEFAULT false,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, item_code)
);

-- Where a district stands, one row each, for those who look at many. Derived: written by readiness::refresh only.
-- Scores in hundredths of a percent.
CREATE TABLE readiness_summary (
    district_id         integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id                  smallint NOT NULL DEFAULT 1 CHECK (id = 1),
    standard_version    text COLLATE "C" NOT NULL REFERENCES standard_version,
    as_of               date NOT NULL,
    claimed             smallint NOT NULL CHECK (claimed BETWEEN 0 AND 10000),
    verified            smallint NOT NULL CHECK (verified BETWEEN 0 AND 10000),
    complete_components smallint NOT NULL,
    blockers            smallint NOT NULL,
    components          jsonb NOT NULL,          -- [{component, claimed, verified, complete}] in the order of the standard
    phase               text,
    phase_since         date,
    all_complete_since  date,
    updated_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);

-- What the public may read of a live district, one row each. Derived from its setup: written by public_pages::keep only, so
-- that a request of the public never opens the district's own rows.
CREATE TABLE public_page (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          smallint NOT NULL DEFAULT 1 CHECK (id = 1),
    content     jsonb NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);

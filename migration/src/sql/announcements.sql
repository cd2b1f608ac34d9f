-- What ministry or province tell many districts at once. Never changed: a correction is a new one that replaces it.
CREATE TABLE announcement (
    id               uuid PRIMARY KEY,
    owner_province   text COLLATE "C",            -- who sends it: this province; null: the ministry
    sender           text NOT NULL,               -- name of the province; empty: the ministry
    title            text NOT NULL,
    body             text NOT NULL,               -- paragraphs with a blank line between them
    link             text,                        -- a screen of the application (/…) or an address (https://…)
    must_confirm     boolean NOT NULL,            -- a coordinator of each district is asked to confirm
    audience         jsonb NOT NULL,              -- which districts were asked for
    roles            text COLLATE "C" NOT NULL CHECK (roles IN ('coordinators', 'everyone')),
    sent_by          uuid NOT NULL REFERENCES account,
    sent_by_name     text NOT NULL,
    sent_at          timestamptz NOT NULL DEFAULT now(),
    replaces         uuid REFERENCES announcement,
    replaced_by      uuid REFERENCES announcement,
    withdrawn_at     timestamptz,
    withdrawn_by_name text NOT NULL DEFAULT '',
    withdrawn_reason text NOT NULL DEFAULT ''
);

-- Which district it reached, and what became of it there.
CREATE TABLE announcement_delivery (
    district_id       integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id                uuid NOT NULL REFERENCES announcement,
    owner_province    text COLLATE "C",           -- of the announcement
    readers           integer NOT NULL DEFAULT 0, -- how many people of the district opened it
    opened_at         timestamptz,                -- when the first of them did
    confirmed_at      timestamptz,
    confirmed_by_name text,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX announcement_delivery_by_announcement ON announcement_delivery (id, district_id);

-- Who opened it. Coordinators by name, others by their role only.
CREATE TABLE announcement_receipt (
    district_id     integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id              uuid NOT NULL,
    announcement_id uuid NOT NULL,
    owner_province  text COLLATE "C",             -- of the announcement
    account_id      uuid NOT NULL REFERENCES account,
    role_key        text COLLATE "C" NOT NULL,
    role_name       text NOT NULL DEFAULT '',     -- of a role that the district made
    name            text,                         -- of a coordinator
    opened_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, announcement_id, account_id),
    FOREIGN KEY (district_id, announcement_id) REFERENCES announcement_delivery (district_id, id)
);

-- Something that people of many districts should know of; a job makes it into notices, district by district.
CREATE TABLE circular (
    id         uuid PRIMARY KEY,
    subject_id uuid NOT NULL,                     -- what it tells of
    kind       text COLLATE "C" NOT NULL,         -- of notice
    params     jsonb NOT NULL,                    -- what the sentences of this kind are made of
    link       text NOT NULL CHECK (link LIKE '/%'),  -- the screen within each district's pages
    roles      text COLLATE "C" NOT NULL CHECK (roles IN ('coordinators', 'everyone')),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX circular_by_subject ON circular (subject_id);

-- The districts whose people the job has not told yet.
CREATE TABLE circular_pending (
    circular_id uuid NOT NULL REFERENCES circular ON DELETE CASCADE,
    district_id integer NOT NULL REFERENCES district,
    PRIMARY KEY (circular_id, district_id)
);

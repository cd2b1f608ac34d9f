-- What a district sets up in the six components: one typed document a row (docs/adr/0002).

CREATE TABLE setup_record (
    district_id     integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id              uuid NOT NULL,
    kind            text COLLATE "C" NOT NULL,       -- names the Rust type of content
    component       text COLLATE "C" NOT NULL
                    CHECK (component IN ('regulation', 'institution', 'work_mechanism', 'service_range', 'staff', 'data_system')),
    position        integer NOT NULL,                -- the district's own order within a kind; ties are broken by id
    title           text NOT NULL,                   -- what a person calls it, taken from content
    content         jsonb NOT NULL CHECK (jsonb_typeof(content) = 'object'),
    complete        boolean NOT NULL,                -- nothing is missing
    missing         jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(missing) = 'array'),
    archived_at     timestamptz,
    version         integer NOT NULL DEFAULT 1,      -- of content and archiving; moving a row does not count
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    updated_by      uuid REFERENCES account,
    updated_by_name text NOT NULL,                   -- as it was then: people leave
    PRIMARY KEY (district_id, id)
);
CREATE INDEX setup_record_list ON setup_record (district_id, kind, position, id) WHERE archived_at IS NULL;
CREATE INDEX setup_record_by_kind ON setup_record (district_id, kind, updated_at);

-- Which records mention which, so that nothing can point at another district's record or at one that is gone.
CREATE TABLE setup_reference (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer,
    id          uuid NOT NULL,
    from_id     uuid NOT NULL,
    to_id       uuid NOT NULL,
    field       text COLLATE "C" NOT NULL,           -- path in the content of from_id
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, from_id) REFERENCES setup_record (district_id, id) ON DELETE CASCADE,
    FOREIGN KEY (district_id, to_id) REFERENCES setup_record (district_id, id),
    UNIQUE (district_id, from_id, field)
);
CREATE INDEX setup_reference_to ON setup_reference (district_id, to_id);

-- Who is in charge of a component or of an item of the standard.
CREATE TABLE setup_responsibility (
    district_id     integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id              uuid NOT NULL,
    subject         text COLLATE "C" NOT NULL,       -- component or item code, e.g. staff or REG-1
    account_id      uuid REFERENCES account,
    staff_id        uuid,
    due_on          date,
    note            text NOT NULL DEFAULT '',
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, subject),
    FOREIGN KEY (district_id, staff_id) REFERENCES setup_record (district_id, id)
);

-- A version that the ministry published here says from which one it was made and how long districts have to follow.
ALTER TABLE standard_version
    ADD COLUMN supersedes        text COLLATE "C" REFERENCES standard_version,
    ADD COLUMN grace_days        integer NOT NULL DEFAULT 0 CHECK (grace_days BETWEEN 0 AND 730),
    ADD COLUMN basis             text NOT NULL DEFAULT '',  -- the decision by which the ministry adopted it
    ADD COLUMN published_at      timestamptz,               -- null: it came with the program
    ADD COLUMN published_by_name text,
    ADD CONSTRAINT standard_version_grace CHECK (grace_days = 0 OR supersedes IS NOT NULL);

-- The next version while the ministry works on it: one row at most.
CREATE TABLE standard_draft (
    id              smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    base_version    text COLLATE "C" NOT NULL REFERENCES standard_version,
    content         jsonb NOT NULL,
    content_hash    text COLLATE "C" NOT NULL,   -- SHA-256 of the content in hex
    version         integer NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL DEFAULT now(),
    created_by_name text NOT NULL,
    updated_at      timestamptz NOT NULL DEFAULT now(),
    updated_by_name text NOT NULL
);

-- What somebody asked to know about a content: the job judges district by district and says how far it is.
CREATE TABLE standard_preview (
    content_hash        text COLLATE "C" PRIMARY KEY,
    content             jsonb NOT NULL,
    against_version     text COLLATE "C" NOT NULL REFERENCES standard_version,
    against_fingerprint text COLLATE "C" NOT NULL,   -- of the measure that day: another one makes the preview old
    districts           integer NOT NULL,
    done                integer NOT NULL DEFAULT 0,
    failed              integer NOT NULL DEFAULT 0,
    last_district       integer NOT NULL DEFAULT 0,
    requested_at        timestamptz NOT NULL DEFAULT now(),
    requested_by_name   text NOT NULL,
    finished_at         timestamptz
);

-- What a content would do to a district. Derived: written by standards::preview only. Scores in hundredths of a percent.
CREATE TABLE standard_impact (
    district_id     integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id              text COLLATE "C" NOT NULL,       -- the hash of the content
    as_of           date NOT NULL,
    claimed_before  smallint NOT NULL,
    claimed_after   smallint NOT NULL,
    verified_before smallint NOT NULL,
    verified_after  smallint NOT NULL,
    loses_complete  boolean NOT NULL,
    new_blockers    smallint NOT NULL,
    detail          jsonb NOT NULL,
    computed_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);
CREATE INDEX standard_impact_by_content ON standard_impact (id, district_id);

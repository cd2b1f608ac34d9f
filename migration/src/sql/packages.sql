-- Keys that sign model packages; other installations check packages with the public half.
CREATE TABLE package_key (
    kid            text COLLATE "C" PRIMARY KEY,  -- thumbprint of the public half
    private_sealed bytea NOT NULL,                -- encrypted with the installation's key
    public_key     bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    retired_at     timestamptz
);

-- One row a published version. Its document never changes; a version is withdrawn, not deleted, because districts
-- stand on it.
CREATE TABLE model_package (
    id                 uuid PRIMARY KEY,
    package_id         uuid NOT NULL,              -- the same for all versions of a package
    package_version    integer NOT NULL CHECK (package_version >= 1),
    name               text NOT NULL CHECK (name <> ''),
    author_scope       text NOT NULL CHECK (author_scope IN ('district', 'nation')),
    author_code        text COLLATE "C" NOT NULL,  -- empty for the ministry
    author_name        text NOT NULL,
    author_unit        text NOT NULL DEFAULT '',
    author_district_id integer REFERENCES district, -- null: the ministry's, or of another installation
    is_imported        boolean NOT NULL DEFAULT false,
    standard_version   text COLLATE "C" NOT NULL,
    note_id            text NOT NULL DEFAULT '',
    note_en            text NOT NULL DEFAULT '',
    counts             jsonb NOT NULL,             -- [{component, kind, records}]
    document           text NOT NULL,              -- canonical JSON as signed, with hash and signature
    content_hash       text COLLATE "C" NOT NULL,
    signer_kid         text COLLATE "C" NOT NULL,
    published_at       timestamptz NOT NULL DEFAULT now(),
    published_by_name  text NOT NULL,
    withdrawn_at       timestamptz,
    version            integer NOT NULL DEFAULT 1,
    UNIQUE (package_id, package_version),
    CHECK (author_district_id IS NULL OR (author_scope = 'district' AND NOT is_imported)),
    CHECK (author_district_id IS NOT NULL OR author_scope = 'nation' OR is_imported)
);
CREATE INDEX model_package_by_author ON model_package (author_district_id, id);

-- Taking over a package, or an improvement of it, in one step that can be undone.
CREATE TABLE package_adoption (
    district_id      integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id               uuid NOT NULL,
    model_package_id uuid NOT NULL REFERENCES model_package,
    package_id       uuid NOT NULL,
    step             text NOT NULL CHECK (step IN ('adopt', 'update')),
    components       jsonb NOT NULL DEFAULT '[]',  -- which components were chosen
    claimed_before   smallint NOT NULL,            -- hundredths of a percent
    claimed_after    smallint NOT NULL,
    adopted_at       timestamptz NOT NULL DEFAULT now(),
    adopted_by       uuid REFERENCES account,
    adopted_by_name  text NOT NULL,
    undone_at        timestamptz,
    undone_by_name   text,
    version          integer NOT NULL DEFAULT 1,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX package_adoption_by_package ON package_adoption (package_id, district_id);

-- Where a setup record comes from. A record of the district's own that stands in for one of the package has no base.
CREATE TABLE setup_origin (
    district_id     integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id              uuid NOT NULL,
    record_id       uuid NOT NULL,
    package_id      uuid NOT NULL,
    origin_id       uuid NOT NULL,                 -- the record's id in the package, the same in all versions
    package_version integer NOT NULL,              -- whose content `base` is
    base            jsonb,                         -- the content as taken over, to merge later versions with
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, package_id, origin_id),
    FOREIGN KEY (district_id, record_id) REFERENCES setup_record (district_id, id)
);
CREATE INDEX setup_origin_by_record ON setup_origin (district_id, record_id);

-- What an adoption did to one record, with what is needed to take it back.
CREATE TABLE package_change (
    district_id   integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id            uuid NOT NULL,
    adoption_id   uuid NOT NULL,
    record_id     uuid NOT NULL,
    kind          text COLLATE "C" NOT NULL,
    action        text NOT NULL CHECK (action IN ('create', 'map', 'change', 'archive', 'acknowledge')),
    origin_id     uuid NOT NULL,
    after_version integer NOT NULL,                -- the record's version when it was done
    before        jsonb,                           -- its content before, for a change
    origin_before jsonb,                           -- {package_version, base} before; null when there was none
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, adoption_id) REFERENCES package_adoption (district_id, id),
    FOREIGN KEY (district_id, record_id) REFERENCES setup_record (district_id, id)
);
CREATE INDEX package_change_by_adoption ON package_change (district_id, adoption_id, id);

-- Regions of Indonesia: shared by all tenants, public facts, therefore without row-level security.
-- Filled by migration/src/regions.rs from migration/data/regions; the service only reads.

CREATE TABLE region (
    code        text COLLATE "C" PRIMARY KEY,
    level       text NOT NULL CHECK (level IN ('province', 'regency', 'subdistrict', 'village')),
    parent_code text COLLATE "C" REFERENCES region,
    name        text NOT NULL CHECK (name <> ''),
    full_name   text NOT NULL,
    -- Lower case, without accents and apostrophes, other signs as one space: by this lists are sorted.
    folded_name text COLLATE "C" NOT NULL,
    -- BPS code, which is not derivable from the Kemendagri code; null where no source was read.
    bps_code    text UNIQUE,
    -- IANA zone; set for provinces and regencies, null below them (ask the regency).
    time_zone   text CHECK ((time_zone IS NULL) = (level IN ('subdistrict', 'village'))),
    CHECK ((parent_code IS NULL) = (level = 'province'))
);
-- Children of a parent in the order of their names, keyset (folded_name, code).
CREATE INDEX region_children ON region (parent_code, folded_name, code);
-- All of one level in the order of their names (38 provinces, 514 regencies), keyset (folded_name, code).
CREATE INDEX region_level ON region (level, folded_name, code);

CREATE TABLE region_alias (
    region_code  text COLLATE "C" NOT NULL REFERENCES region,
    alias        text NOT NULL CHECK (alias <> ''),
    folded_alias text COLLATE "C" NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('spelling', 'former_name', 'bps_name')),
    source       text NOT NULL,
    PRIMARY KEY (region_code, folded_alias, kind)
);

-- What a person may type: for each word of a name or alias the rest of the name from that word on, folded and without
-- spaces. "Ujung Loe" gives "ujungloe" and "loe", so that "ujung l", "ujungl" and "loe" are each one range of the primary
-- key, whichever way the name is spaced. Terms hold only a-z and 0-9 in the C collation, hence the range
-- term >= 'ujungl' AND term < 'ujungl~'. Derived data that only the loader writes, from the same rows as region: it
-- does without a foreign key, whose 131,000 checks would double the time of a load.
CREATE TABLE region_search (
    term  text COLLATE "C" NOT NULL CHECK (term ~ '^[a-z0-9]+$'),
    code  text COLLATE "C" NOT NULL,
    -- 1 province, 2 regency, 3 subdistrict, 4 village.
    depth smallint NOT NULL CHECK (depth BETWEEN 1 AND 4),
    -- 0 when the term starts where the name starts, 1 when at a later word.
    place smallint NOT NULL CHECK (place IN (0, 1)),
    PRIMARY KEY (term, code) INCLUDE (depth, place)
);

-- Which version of which reference data is loaded, so that starting a service does not load it again.
CREATE TABLE reference_load (
    name        text PRIMARY KEY,
    fingerprint text NOT NULL,
    loaded_at   timestamptz NOT NULL DEFAULT now()
);

-- What a district's readiness of a day was judged from, so that it can be worked out again by any version of the standard.
-- A row for each day on which it changed. Derived: written by readiness::refresh only, with the day's last state.
CREATE TABLE readiness_day (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          date NOT NULL,                -- the day in the district
    format      smallint NOT NULL,            -- of the facts, so that a later program knows how to read them
    facts       jsonb NOT NULL,
    facts_hash  text COLLATE "C" NOT NULL,    -- SHA-256 of format and facts in hex
    kept_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);

-- Days are kept from now on: each summary is made anew, and the day with it, when the service starts.
ALTER TABLE readiness_summary NO FORCE ROW LEVEL SECURITY;
UPDATE readiness_summary SET standard_fingerprint = NULL;
ALTER TABLE readiness_summary FORCE ROW LEVEL SECURITY;

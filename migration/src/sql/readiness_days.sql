-- What a district's readiness of a day was judged from, so that it can be worked out again by any version of the standard.
-- Derived: written by readiness::refresh only. Scores in hundredths of a percent, by the measure of that day.
CREATE TABLE readiness_day (
    district_id      integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id               date NOT NULL,                -- the day in the district
    facts            jsonb NOT NULL,
    facts_hash       text COLLATE "C" NOT NULL,
    standard_version text COLLATE "C" NOT NULL REFERENCES standard_version,
    claimed          smallint NOT NULL,
    verified         smallint NOT NULL,
    PRIMARY KEY (district_id, id)
);

-- Days are kept from now on: each summary is made anew when the service starts.
ALTER TABLE readiness_summary NO FORCE ROW LEVEL SECURITY;
UPDATE readiness_summary SET standard_fingerprint = NULL;
ALTER TABLE readiness_summary FORCE ROW LEVEL SECURITY;

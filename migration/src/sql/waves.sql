-- Waves of replication: which districts the ministry takes on together, from when, and how far they are to be by when.
CREATE TABLE replication_wave (
    id           uuid PRIMARY KEY,
    year         smallint NOT NULL CHECK (year BETWEEN 2015 AND 2100),
    number       smallint NOT NULL CHECK (number BETWEEN 1 AND 99),
    name         text NOT NULL DEFAULT '',
    starts_on    date NOT NULL,
    target_phase text NOT NULL,
    target_on    date NOT NULL CHECK (target_on >= starts_on),
    note         text NOT NULL DEFAULT '',
    version      integer NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (year, number)
);

-- A district is in one wave at most. By its code, because it may be invited and no tenant yet.
CREATE TABLE replication_wave_district (
    code       text COLLATE "C" PRIMARY KEY REFERENCES region CHECK (code ~ '^[0-9]{2}\.[0-9]{2}$'),
    wave_id    uuid NOT NULL REFERENCES replication_wave ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX replication_wave_district_wave ON replication_wave_district (wave_id);

-- Kabupaten/kota that the ministry asked to run PKSAI. One that has become a tenant has answered.
CREATE TABLE district_invitation (
    code       text COLLATE "C" PRIMARY KEY REFERENCES region CHECK (code ~ '^[0-9]{2}\.[0-9]{2}$'),
    invited_on date NOT NULL,
    source     text NOT NULL CHECK (source <> ''),      -- where it was announced
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One row, always there, so that its version goes on when boundaries are removed and others are loaded.
CREATE TABLE boundary_set (
    id             smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    file_name      text,                    -- of the file that was loaded
    file_hash      bytea,                   -- its SHA-256
    source         text,                    -- whose boundaries they are
    licence        text,                    -- under which terms they may be shown
    matched        integer,                 -- kabupaten/kota with a shape
    missing        jsonb,                   -- those without: [{"code": "73.06", "name": "Kabupaten Gowa"}, …]
    points_read    integer,                 -- points in the file
    points_kept    integer,                 -- points that are left of them
    topology       bytea,                   -- TopoJSON, simplified, compressed with gzip
    topology_size  integer,                 -- bytes before compression
    topology_hash  bytea,                   -- SHA-256 before compression
    loaded_by_name text,
    loaded_at      timestamptz,
    version        integer NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    -- All of it, or nothing.
    CHECK (num_nulls(file_name, file_hash, source, licence, matched, missing, points_read, points_kept, topology,
                     topology_size, topology_hash, loaded_by_name, loaded_at) IN (0, 13))
);
-- It is compressed already.
ALTER TABLE boundary_set ALTER COLUMN topology SET STORAGE EXTERNAL;
INSERT INTO boundary_set DEFAULT VALUES;

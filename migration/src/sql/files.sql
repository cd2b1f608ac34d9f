-- Uploaded files: the row here, the content in the object store under the hash of its bytes (see api/src/files).
-- The same content may have several rows, in one district or in many; each district has its own copy of it.

CREATE TABLE file_object (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          uuid NOT NULL,
    sha256      bytea NOT NULL CHECK (octet_length(sha256) = 32),
    size        bigint NOT NULL CHECK (size > 0),          -- bytes
    media_type  text COLLATE "C" NOT NULL,                 -- as found in the content, not as the sender claims
    file_name   text NOT NULL CHECK (file_name <> ''),     -- for people; no path, never used as one
    uploaded_by uuid NOT NULL REFERENCES account,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);
CREATE INDEX file_object_by_content ON file_object (district_id, sha256);

-- The same for what is uploaded before there is a tenant: letters of commitment of registrations.
CREATE TABLE system_file_object (
    id          uuid PRIMARY KEY,
    sha256      bytea NOT NULL CHECK (octet_length(sha256) = 32),
    size        bigint NOT NULL CHECK (size > 0),
    media_type  text COLLATE "C" NOT NULL,
    file_name   text NOT NULL CHECK (file_name <> ''),
    created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX system_file_object_by_content ON system_file_object (sha256);

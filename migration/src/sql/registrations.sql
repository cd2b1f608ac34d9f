-- Applications of districts that want to run PKSAI here.

CREATE TABLE registration (
    id                 uuid PRIMARY KEY,
    district_code      text COLLATE "C" NOT NULL CHECK (district_code ~ '^[0-9]{2}\.[0-9]{2}$'),
    district_name      text NOT NULL,       -- as the region was called when the application was made
    province_code      text COLLATE "C" NOT NULL CHECK (province_code ~ '^[0-9]{2}$'),
    province_name      text NOT NULL,
    unit_name          text NOT NULL,
    office_name        text NOT NULL,
    applicant_name     text NOT NULL,       -- this and the next three are emptied some time after an application expired
    position           text NOT NULL,
    email              text COLLATE "C" NOT NULL CHECK (email = lower(email)),
    phone              text NOT NULL,
    locale             text NOT NULL CHECK (locale IN ('id', 'en')),
    status             text COLLATE "C" NOT NULL CHECK (status IN ('awaiting_email_confirmation', 'draft', 'submitted',
                           'endorsed', 'returned', 'approved', 'rejected', 'expired')),
    letter_id          uuid REFERENCES system_file_object,
    decision_note      text,                -- of the last endorsement, return or rejection
    submitted_at       timestamptz,         -- the last time
    status_at          timestamptz NOT NULL DEFAULT now(),  -- since when it has its status
    request_key_hash   bytea,               -- of the Idempotency-Key it was made with, and of that request's body
    request_hash       bytea,
    version            integer NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    -- Nobody reads an application before its email is confirmed, so nobody decides on one without a letter.
    CHECK (status NOT IN ('submitted', 'endorsed', 'approved') OR (letter_id IS NOT NULL AND submitted_at IS NOT NULL))
);
-- One live application per district.
CREATE UNIQUE INDEX registration_live ON registration (district_code)
    WHERE status IN ('awaiting_email_confirmation', 'draft', 'submitted', 'endorsed', 'returned');
CREATE INDEX registration_by_province ON registration (province_code, id DESC);
CREATE INDEX registration_by_letter ON registration (letter_id);

-- What happened to an application, for the applicant and the reviewers.
CREATE TABLE registration_event (
    id              uuid PRIMARY KEY,
    registration_id uuid NOT NULL REFERENCES registration,
    at              timestamptz NOT NULL DEFAULT now(),
    status          text COLLATE "C" NOT NULL,   -- the status it got
    note            text,
    actor_id        uuid REFERENCES account      -- the reviewer; null for the applicant and the clock
);
CREATE INDEX registration_event_by_registration ON registration_event (registration_id, id);

-- With one of these an applicant, who has no account yet, gets at the application. Each mail has one of its own, because
-- only hashes are kept.
CREATE TABLE registration_token (
    token_hash      bytea PRIMARY KEY,
    registration_id uuid NOT NULL REFERENCES registration,
    created_at      timestamptz NOT NULL DEFAULT now(),
    expires_at      timestamptz NOT NULL
);
CREATE INDEX registration_token_by_registration ON registration_token (registration_id);

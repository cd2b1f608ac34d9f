-- Only an application whose email is confirmed has its district: one that is not may be anybody's.
DROP INDEX registration_live;
CREATE UNIQUE INDEX registration_live ON registration (district_code)
    WHERE status IN ('draft', 'submitted', 'endorsed', 'returned');
-- The same request again is the same application.
CREATE UNIQUE INDEX registration_request ON registration (district_code, request_key_hash)
    WHERE request_key_hash IS NOT NULL
      AND status IN ('awaiting_email_confirmation', 'draft', 'submitted', 'endorsed', 'returned');

-- What was uploaded before an email was confirmed, by day (UTC).
CREATE TABLE upload_quota (
    bucket text COLLATE "C" NOT NULL,   -- the email, or the address that it came from
    day    date NOT NULL,
    bytes  bigint NOT NULL,
    PRIMARY KEY (bucket, day)
);

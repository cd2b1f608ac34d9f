-- Accounts are global; what a person may do comes from memberships.

CREATE TABLE district (
    id            integer PRIMARY KEY,  -- the Kemendagri code at onboarding without its dot; stays when the code changes
    code          text COLLATE "C" NOT NULL UNIQUE CHECK (code ~ '^[0-9]{2}\.[0-9]{2}$'),
    name          text NOT NULL,
    province_code text COLLATE "C" NOT NULL CHECK (province_code ~ '^[0-9]{2}$'),
    province_name text NOT NULL,
    unit_name     text NOT NULL,
    office_name   text NOT NULL,
    address       text NOT NULL DEFAULT '',
    hotline       text NOT NULL DEFAULT '',
    time_zone     text NOT NULL,
    status        text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'archived')),
    phase         text NOT NULL DEFAULT 'onboarding'
                  CHECK (phase IN ('onboarding', 'live')),
    live_at       timestamptz,
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX district_by_province ON district (province_code, code);

CREATE TABLE account (
    id                 uuid PRIMARY KEY,
    email              text COLLATE "C" NOT NULL UNIQUE CHECK (email = lower(email)),
    name               text NOT NULL,
    locale             text NOT NULL DEFAULT 'id' CHECK (locale IN ('id', 'en')),
    email_confirmed_at timestamptz,
    disabled_at        timestamptz,
    version            integer NOT NULL DEFAULT 1,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account_credential (
    account_id           uuid PRIMARY KEY REFERENCES account,
    password_hash        text NOT NULL,
    password_changed_at  timestamptz NOT NULL DEFAULT now(),
    totp_secret_sealed   bytea,        -- encrypted with the installation's key
    totp_confirmed_at    timestamptz,
    totp_last_step       bigint        -- a code is good once
);

CREATE TABLE recovery_code (
    account_id uuid NOT NULL REFERENCES account,
    code_hash  bytea NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE session (
    id            uuid PRIMARY KEY,
    account_id    uuid NOT NULL REFERENCES account,
    user_agent    text NOT NULL DEFAULT '',
    ip            text NOT NULL DEFAULT '',
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz NOT NULL DEFAULT now(),
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz,
    revoke_reason text
);
CREATE INDEX session_by_account ON session (account_id, created_at DESC);

CREATE TABLE refresh_token (
    token_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES session,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz
);
CREATE INDEX refresh_token_by_session ON refresh_token (session_id);

CREATE TABLE one_time_token (
    token_hash bytea PRIMARY KEY,
    purpose    text NOT NULL CHECK (purpose IN ('password_reset', 'email_confirmation')),
    account_id uuid REFERENCES account,
    subject_id uuid,                   -- what the token is about when it is no account, e.g. a registration
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE TABLE login_throttle (
    bucket        text COLLATE "C" PRIMARY KEY,
    failures      integer NOT NULL,
    window_start  timestamptz NOT NULL,
    blocked_until timestamptz
);

CREATE TABLE signing_key (
    kid            text COLLATE "C" PRIMARY KEY,
    private_sealed bytea NOT NULL,     -- encrypted with the installation's key
    public_key     bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    retired_at     timestamptz
);

CREATE TABLE membership (
    id            uuid PRIMARY KEY,
    account_id    uuid NOT NULL REFERENCES account,
    scope         text NOT NULL CHECK (scope IN ('district', 'province', 'nation')),
    district_id   integer REFERENCES district,
    province_code text COLLATE "C",
    role_key      text COLLATE "C" NOT NULL,
    version       integer NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((scope = 'district') = (district_id IS NOT NULL)),
    CHECK ((scope = 'province') = (province_code IS NOT NULL))
);
CREATE UNIQUE INDEX membership_once ON membership
    (account_id, scope, COALESCE(district_id, 0), COALESCE(province_code, ''));
CREATE INDEX membership_by_district ON membership (district_id, account_id);

CREATE TABLE district_role (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          uuid NOT NULL,
    key         text COLLATE "C" NOT NULL,
    name        text NOT NULL,
    permissions text[] NOT NULL,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, key)
);

CREATE TABLE invitation (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          uuid NOT NULL,
    email       text COLLATE "C" NOT NULL CHECK (email = lower(email)),
    role_key    text COLLATE "C" NOT NULL,
    token_hash  bytea NOT NULL,
    invited_by  uuid NOT NULL REFERENCES account,
    expires_at  timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at  timestamptz,
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id),
    UNIQUE (district_id, token_hash)
);
CREATE INDEX invitation_by_token ON invitation (token_hash);

-- Append-only and hash-chained: id counts 1, 2, 3… without gaps within a district.
CREATE TABLE audit_event (
    district_id integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id          bigint NOT NULL,
    at          timestamptz NOT NULL,
    actor_id    uuid,
    actor_name  text NOT NULL,
    action      text COLLATE "C" NOT NULL,
    entity      text COLLATE "C" NOT NULL,
    entity_id   text COLLATE "C" NOT NULL,
    before      jsonb,
    after       jsonb,
    ip          text NOT NULL,
    user_agent  text NOT NULL,
    request_id  text NOT NULL,
    hash        bytea NOT NULL,
    PRIMARY KEY (district_id, id)
);
CREATE INDEX audit_event_by_entity ON audit_event (district_id, entity, entity_id, id DESC);

-- The same chain for what happens outside any district: sign-in, registrations, approvals.
CREATE TABLE system_audit_event (
    id          bigint PRIMARY KEY,
    at          timestamptz NOT NULL,
    actor_id    uuid,
    actor_name  text NOT NULL,
    action      text COLLATE "C" NOT NULL,
    entity      text COLLATE "C" NOT NULL,
    entity_id   text COLLATE "C" NOT NULL,
    before      jsonb,
    after       jsonb,
    ip          text NOT NULL,
    user_agent  text NOT NULL,
    request_id  text NOT NULL,
    hash        bytea NOT NULL
);

CREATE TABLE idempotency_key (
    district_id  integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id           text COLLATE "C" NOT NULL,   -- operation, account and the client's key
    request_hash bytea NOT NULL,
    status       smallint,
    etag         text,
    body         jsonb,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (district_id, id)
);

CREATE TABLE system_idempotency_key (
    id           text COLLATE "C" PRIMARY KEY,
    request_hash bytea NOT NULL,
    status       smallint,
    etag         text,
    body         jsonb,
    created_at   timestamptz NOT NULL DEFAULT now()
);

-- What must leave the installation (mail now, webhooks later), written with the change that causes it.
CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    kind         text COLLATE "C" NOT NULL CHECK (kind IN ('mail')),
    payload      jsonb NOT NULL,
    district_id  integer REFERENCES district,
    created_at   timestamptz NOT NULL DEFAULT now(),
    due_at       timestamptz NOT NULL DEFAULT now(),
    attempts     integer NOT NULL DEFAULT 0,
    last_error   text,
    done_at      timestamptz,
    failed_at    timestamptz
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL AND failed_at IS NULL;

-- Mails kept here instead of sent when no SMTP server is configured in demo mode.
CREATE TABLE local_mail (
    id         uuid PRIMARY KEY,
    sent_at    timestamptz NOT NULL DEFAULT now(),
    recipient  text NOT NULL,
    subject    text NOT NULL,
    text_body  text NOT NULL,
    html_body  text NOT NULL
);

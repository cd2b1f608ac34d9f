-- What happened that a person should know of. Any transaction adds one; a job decides by the person's wishes where it is shown.
CREATE TABLE notice (
    id            uuid PRIMARY KEY,
    account_id    uuid NOT NULL REFERENCES account,
    kind          text COLLATE "C" NOT NULL,
    params        jsonb NOT NULL,                 -- what the sentences of this kind are made of
    link          text NOT NULL CHECK (link LIKE '/%'),  -- the screen where one acts on it
    district_id   integer REFERENCES district,    -- which district it tells of
    province_code text COLLATE "C",               -- and of which province
    created_at    timestamptz NOT NULL DEFAULT now(),
    routed_at     timestamptz,                    -- when the job decided
    in_app        boolean NOT NULL DEFAULT false, -- listed behind the bell
    digest_due_at timestamptz,
    digested_at   timestamptz,
    read_at       timestamptz
);
CREATE INDEX notice_by_account ON notice (account_id, id DESC) WHERE in_app;
CREATE INDEX notice_unread ON notice (account_id) WHERE in_app AND read_at IS NULL;
CREATE INDEX notice_unrouted ON notice (id) WHERE routed_at IS NULL;
CREATE INDEX notice_digest_due ON notice (digest_due_at) WHERE digest_due_at IS NOT NULL AND digested_at IS NULL;
CREATE INDEX notice_by_age ON notice (created_at);

-- How a person wants to be told. Who has no row has the product's defaults.
CREATE TABLE notice_preference (
    account_id  uuid PRIMARY KEY REFERENCES account,
    channels    jsonb NOT NULL DEFAULT '{}',      -- {kind: none | app | digest | mail}, for those that were chosen
    rhythm      text NOT NULL DEFAULT 'daily' CHECK (rhythm IN ('daily', 'weekly', 'off')),
    quiet_from  smallint CHECK (quiet_from BETWEEN 0 AND 23),   -- hours on the clock of the person's district
    quiet_until smallint CHECK (quiet_until BETWEEN 0 AND 23),
    version     integer NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL)),
    CHECK (quiet_from <> quiet_until)
);

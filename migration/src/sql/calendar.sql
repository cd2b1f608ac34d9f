-- Trainings and coordination meetings that ministry or province offer to districts.
CREATE TABLE calendar_event (
    id               uuid PRIMARY KEY,
    owner_province   text COLLATE "C",            -- who invites: this province; null: the ministry
    organiser        text NOT NULL,               -- name of the province; empty: the ministry
    kind             text COLLATE "C" NOT NULL CHECK (kind IN ('training', 'coordination', 'other')),
    title            text NOT NULL,
    description      text NOT NULL DEFAULT '',
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz NOT NULL CHECK (ends_at > starts_at),
    time_zone        text COLLATE "C" NOT NULL CHECK (time_zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
    place            text NOT NULL DEFAULT '',
    online_link      text,                        -- https://…
    register_until   timestamptz NOT NULL CHECK (register_until <= starts_at),
    seats_per_district integer NOT NULL CHECK (seats_per_district BETWEEN 1 AND 50),
    audience         jsonb NOT NULL,              -- which districts were asked for
    roles            text COLLATE "C" NOT NULL CHECK (roles IN ('coordinators', 'everyone')),
    remind_days      smallint NOT NULL CHECK (remind_days BETWEEN 0 AND 30),  -- 0: no reminder
    reminded_at      timestamptz,                 -- or when there was nothing left to remind of
    created_by       uuid NOT NULL REFERENCES account,
    created_by_name  text NOT NULL,
    cancelled_at     timestamptz,
    cancelled_reason text NOT NULL DEFAULT '',
    cancelled_by_ministry boolean NOT NULL DEFAULT false,  -- which may cancel what a province offers
    version          integer NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX calendar_event_to_remind ON calendar_event (starts_at)
    WHERE reminded_at IS NULL AND cancelled_at IS NULL AND remind_days > 0;

-- How many take part. A row of its own, which the districts that are invited lock and change when they answer.
CREATE TABLE calendar_seats (
    id     uuid PRIMARY KEY REFERENCES calendar_event,
    seats  integer CHECK (seats > 0),             -- null: as many as come
    taken  integer NOT NULL DEFAULT 0 CHECK (taken >= 0),
    CONSTRAINT calendar_seats_enough CHECK (seats IS NULL OR taken <= seats)
);

ALTER TABLE district ADD CONSTRAINT district_in_province UNIQUE (id, province_code);

-- Which district is invited, and what it answered.
CREATE TABLE calendar_invitation (
    district_id       integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id                uuid NOT NULL REFERENCES calendar_event,
    owner_province    text COLLATE "C",           -- of the event
    answer            text COLLATE "C" CHECK (answer IN ('registered', 'declined')),
    participants      integer NOT NULL DEFAULT 0,
    note              text NOT NULL DEFAULT '',
    answered_at       timestamptz,
    answered_by_name  text NOT NULL DEFAULT '',
    PRIMARY KEY (district_id, id),
    -- A province invites its own districts, whatever the service asks for.
    CONSTRAINT calendar_invitation_within_reach FOREIGN KEY (district_id, owner_province) REFERENCES district (id, province_code)
);
CREATE INDEX calendar_invitation_by_event ON calendar_invitation (id, district_id);

-- Who of a district takes part.
CREATE TABLE calendar_participant (
    district_id    integer NOT NULL DEFAULT current_setting('app.district_id')::integer REFERENCES district,
    id             uuid NOT NULL,
    event_id       uuid NOT NULL,
    owner_province text COLLATE "C",              -- of the event
    name           text NOT NULL,
    position       text NOT NULL DEFAULT '',
    PRIMARY KEY (district_id, id),
    FOREIGN KEY (district_id, event_id) REFERENCES calendar_invitation (district_id, id)
);
CREATE INDEX calendar_participant_by_event ON calendar_participant (district_id, event_id);

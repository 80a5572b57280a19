-- Our tables, PostgreSQL. Times are microseconds since 1970 UTC, angles degrees ICRS. States and units are numbers of the program's.

-- Repeated texts by number: 1 band, 2 telescope, 3 instrument, 4 origin, 5 source (stream/topic/partition), 6 sender.
CREATE TABLE term (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind smallint NOT NULL,
    text text COLLATE "C" NOT NULL,
    UNIQUE (kind, text)
);

CREATE TABLE target (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    ra double precision CHECK (ra >= 0 AND ra < 360),
    dec double precision CHECK (dec BETWEEN -90 AND 90),
    created_us bigint NOT NULL,
    created_by text NOT NULL,
    points bigint NOT NULL DEFAULT 0,
    first_us bigint,
    last_us bigint
) WITH (fillfactor = 80);
CREATE INDEX target_by_name ON target (name);

-- Main names (ordinal 0) and aliases of all targets.
CREATE TABLE target_name (
    normalised text COLLATE "C" NOT NULL PRIMARY KEY,
    name text NOT NULL,
    target_id bigint NOT NULL REFERENCES target (id),
    ordinal integer NOT NULL
);
CREATE INDEX target_name_by_target ON target_name (target_id, ordinal);

-- Declination zones of half a degree, sorted by right ascension: what a cone search scans.
CREATE TABLE target_position (
    zone integer NOT NULL,
    ra double precision NOT NULL,
    target_id bigint NOT NULL REFERENCES target (id),
    dec double precision NOT NULL,
    PRIMARY KEY (zone, ra, target_id)
);

-- One row a content of an identity of a target. No reference to target: the writer locks and checks it first.
CREATE TABLE photometry (
    target_id bigint NOT NULL,
    identity bigint NOT NULL,
    content bigint NOT NULL,
    time_us bigint NOT NULL,
    time_form smallint NOT NULL,
    time_text text,
    band integer NOT NULL,
    telescope integer,
    instrument integer,
    value double precision,
    error double precision,
    unit smallint NOT NULL,
    limit_value double precision,
    limit_error double precision,
    limit_unit smallint NOT NULL,
    exposure_s double precision,
    origin integer NOT NULL,
    measurement_id text,
    retracted boolean NOT NULL,
    source integer,
    source_offset bigint,
    message_id uuid,
    sender integer,
    source_us bigint,
    PRIMARY KEY (target_id, identity, content)
);
CREATE INDEX photometry_by_time ON photometry (target_id, time_us);

-- A handler that was told to read a topic (a name or a pattern of the configuration).
CREATE TABLE handler_binding (
    stream text NOT NULL,
    topic_key text NOT NULL,
    handler text NOT NULL,
    PRIMARY KEY (stream, topic_key, handler)
);

-- How far one handler got in one partition, and its books. Counters only move by increments, with the offset.
CREATE TABLE handler_cursor (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    handler text NOT NULL,
    next_offset bigint NOT NULL CHECK (next_offset >= 0),
    owner_epoch bigint NOT NULL,
    owner text NOT NULL,
    cluster_id text,
    consumed bigint NOT NULL DEFAULT 0 CHECK (consumed >= 0),
    handled bigint NOT NULL DEFAULT 0 CHECK (handled >= 0),
    ignored bigint NOT NULL DEFAULT 0 CHECK (ignored >= 0),
    parked bigint NOT NULL DEFAULT 0 CHECK (parked >= 0),
    dropped bigint NOT NULL DEFAULT 0 CHECK (dropped >= 0),
    lost bigint NOT NULL DEFAULT 0 CHECK (lost >= 0),
    UNIQUE (stream, topic, partition, handler)
) WITH (fillfactor = 80);

CREATE TABLE parked (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cursor_id bigint NOT NULL REFERENCES handler_cursor (id),
    message_offset bigint NOT NULL,
    time_us bigint NOT NULL,
    message_key bytea,
    headers bytea NOT NULL,
    value bytea NOT NULL,
    reason text NOT NULL,
    faults text NOT NULL,
    attempts integer NOT NULL,
    parked_us bigint NOT NULL,
    next_try_us bigint,
    state smallint NOT NULL
);
CREATE INDEX parked_open ON parked (id) WHERE state < 2;

-- The outbox: a share, its points, and the submissions it was split into.
CREATE TABLE share (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    destination text NOT NULL,
    topic text,
    target_id bigint NOT NULL,
    target_name text NOT NULL,
    title text NOT NULL,
    request text NOT NULL,
    state smallint NOT NULL,
    points integer NOT NULL,
    built boolean NOT NULL,
    created_by text NOT NULL,
    created_us bigint NOT NULL,
    due_us bigint,
    last_error text
);
CREATE INDEX share_by_destination ON share (destination, state, id);
CREATE INDEX share_open ON share (destination, id) WHERE state < 2;
CREATE INDEX share_by_target ON share (target_id, destination);

CREATE TABLE submission (
    key uuid NOT NULL PRIMARY KEY,
    share_id bigint NOT NULL REFERENCES share (id),
    part integer NOT NULL,
    state smallint NOT NULL,
    attempts integer NOT NULL,
    due_us bigint NOT NULL,
    sent_us bigint,
    receipt text,
    last_error text,
    body bytea NOT NULL,
    UNIQUE (share_id, part)
);

CREATE TABLE outbox_item (
    share_id bigint NOT NULL REFERENCES share (id),
    ordinal integer NOT NULL,
    target_id bigint NOT NULL,
    identity bigint NOT NULL,
    content bigint NOT NULL,
    submission_key uuid REFERENCES submission (key),
    PRIMARY KEY (share_id, ordinal)
);
CREATE INDEX outbox_item_by_submission ON outbox_item (submission_key);

-- Who may send to a destination just now; the lease fences a silo that was cut off.
CREATE TABLE outbox_lease (
    destination text NOT NULL PRIMARY KEY,
    owner text NOT NULL,
    until_us bigint NOT NULL
);

CREATE TABLE token (
    sha256 bytea NOT NULL PRIMARY KEY,
    role smallint NOT NULL,
    name text NOT NULL,
    created_us bigint NOT NULL
);

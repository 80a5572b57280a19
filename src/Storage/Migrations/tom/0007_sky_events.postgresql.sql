-- Events on the sky as circulars and notices tell of them. The row says what the latest of its versions says; position_us is the time of the version that the position is of.
CREATE TABLE sky_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    kind smallint NOT NULL,
    title text NOT NULL,
    type smallint NOT NULL,
    test boolean NOT NULL,
    versions integer NOT NULL,
    latest integer NOT NULL,
    first_us bigint NOT NULL,
    last_us bigint NOT NULL,
    event_us bigint,
    ra double precision,
    dec double precision,
    error_deg double precision,
    position_us bigint
);
CREATE INDEX sky_event_by_time ON sky_event (last_us, id);

-- What was said of an event, in the order of arrival; content is a hash of it. The place is that of the first message that said so.
CREATE TABLE sky_event_version (
    event_id bigint NOT NULL REFERENCES sky_event (id),
    number integer NOT NULL,
    content uuid NOT NULL,
    stated text,
    source text NOT NULL,
    title text NOT NULL,
    type smallint NOT NULL,
    test boolean NOT NULL,
    submitter text,
    issued_us bigint,
    event_us bigint,
    ra double precision,
    dec double precision,
    error_deg double precision,
    containment double precision,
    ivorn text,
    stream text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    message_offset bigint NOT NULL,
    time_us bigint NOT NULL,
    message_id uuid,
    body text NOT NULL,
    PRIMARY KEY (event_id, number)
);
CREATE INDEX sky_event_version_by_place ON sky_event_version (topic, partition, message_offset);
CREATE INDEX sky_event_version_by_ivorn ON sky_event_version (ivorn) WHERE ivorn IS NOT NULL;

-- What an event is found by. Rank 0: its own ids; 1: names it states; 2: words of its subject that could be somebody's name for an object.
CREATE TABLE sky_event_name (
    normalised text NOT NULL,
    event_id bigint NOT NULL REFERENCES sky_event (id),
    rank smallint NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (normalised, event_id)
);
CREATE INDEX sky_event_name_by_event ON sky_event_name (event_id, rank);

-- Positions narrow enough to link targets by, in the declination zones of target_position.
CREATE TABLE sky_event_position (
    zone integer NOT NULL,
    ra double precision NOT NULL,
    event_id bigint NOT NULL REFERENCES sky_event (id),
    dec double precision NOT NULL,
    radius_deg double precision NOT NULL,
    PRIMARY KEY (zone, ra, event_id)
);
CREATE INDEX sky_event_position_by_event ON sky_event_position (event_id);

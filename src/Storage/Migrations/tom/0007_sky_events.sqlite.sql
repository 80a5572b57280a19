-- Events on the sky as circulars and notices tell of them. The row says what the latest of its versions says; position_us is the time of the version that the position is of.
CREATE TABLE sky_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    title TEXT NOT NULL,
    type INTEGER NOT NULL,
    test INTEGER NOT NULL,
    versions INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    first_us INTEGER NOT NULL,
    last_us INTEGER NOT NULL,
    event_us INTEGER,
    ra REAL,
    dec REAL,
    error_deg REAL,
    position_us INTEGER
) STRICT;
CREATE INDEX sky_event_by_time ON sky_event (last_us, id);

-- What was said of an event, in the order of arrival; content is a hash of it. The place is that of the first message that said so.
CREATE TABLE sky_event_version (
    event_id INTEGER NOT NULL REFERENCES sky_event (id),
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    stated TEXT,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    type INTEGER NOT NULL,
    test INTEGER NOT NULL,
    submitter TEXT,
    issued_us INTEGER,
    event_us INTEGER,
    ra REAL,
    dec REAL,
    error_deg REAL,
    containment REAL,
    ivorn TEXT,
    stream TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    message_offset INTEGER NOT NULL,
    time_us INTEGER NOT NULL,
    message_id BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (event_id, number)
) STRICT;
CREATE INDEX sky_event_version_by_place ON sky_event_version (topic, partition, message_offset);
CREATE INDEX sky_event_version_by_ivorn ON sky_event_version (ivorn) WHERE ivorn IS NOT NULL;

-- What an event is found by. Rank 0: its own ids; 1: names it states; 2: words of its subject that could be somebody's name for an object.
CREATE TABLE sky_event_name (
    normalised TEXT NOT NULL,
    event_id INTEGER NOT NULL REFERENCES sky_event (id),
    rank INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (normalised, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sky_event_name_by_event ON sky_event_name (event_id, rank);

-- Positions narrow enough to link targets by, in the declination zones of target_position.
CREATE TABLE sky_event_position (
    zone INTEGER NOT NULL,
    ra REAL NOT NULL,
    event_id INTEGER NOT NULL REFERENCES sky_event (id),
    dec REAL NOT NULL,
    radius_deg REAL NOT NULL,
    PRIMARY KEY (zone, ra, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sky_event_position_by_event ON sky_event_position (event_id);

-- Our tables, SQLite. Times are microseconds since 1970 UTC, angles degrees ICRS. States and units are numbers of the program's.

-- Repeated texts by number: 1 band, 2 telescope, 3 instrument, 4 origin, 5 source (stream/topic/partition), 6 sender.
CREATE TABLE term (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (kind, text)
) STRICT;

CREATE TABLE target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    ra REAL CHECK (ra >= 0 AND ra < 360),
    dec REAL CHECK (dec BETWEEN -90 AND 90),
    created_us INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    points INTEGER NOT NULL DEFAULT 0,
    first_us INTEGER,
    last_us INTEGER
) STRICT;
CREATE INDEX target_by_name ON target (name);

-- Main names (ordinal 0) and aliases of all targets.
CREATE TABLE target_name (
    normalised TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    target_id INTEGER NOT NULL REFERENCES target (id),
    ordinal INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX target_name_by_target ON target_name (target_id, ordinal);

-- Declination zones of half a degree, sorted by right ascension: what a cone search scans.
CREATE TABLE target_position (
    zone INTEGER NOT NULL,
    ra REAL NOT NULL,
    target_id INTEGER NOT NULL REFERENCES target (id),
    dec REAL NOT NULL,
    PRIMARY KEY (zone, ra, target_id)
) STRICT, WITHOUT ROWID;

-- One row a content of an identity of a target. No reference to target: the writer locks and checks it first.
CREATE TABLE photometry (
    target_id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    content INTEGER NOT NULL,
    time_us INTEGER NOT NULL,
    time_form INTEGER NOT NULL,
    time_text TEXT,
    band INTEGER NOT NULL,
    telescope INTEGER,
    instrument INTEGER,
    value REAL,
    error REAL,
    unit INTEGER NOT NULL,
    limit_value REAL,
    limit_error REAL,
    limit_unit INTEGER NOT NULL,
    exposure_s REAL,
    origin INTEGER NOT NULL,
    measurement_id TEXT,
    retracted INTEGER NOT NULL,
    source INTEGER,
    source_offset INTEGER,
    message_id BLOB,
    sender INTEGER,
    source_us INTEGER,
    PRIMARY KEY (target_id, identity, content)
) STRICT, WITHOUT ROWID;
CREATE INDEX photometry_by_time ON photometry (target_id, time_us);

-- A handler that was told to read a topic (a name or a pattern of the configuration).
CREATE TABLE handler_binding (
    stream TEXT NOT NULL,
    topic_key TEXT NOT NULL,
    handler TEXT NOT NULL,
    PRIMARY KEY (stream, topic_key, handler)
) STRICT, WITHOUT ROWID;

-- How far one handler got in one partition, and its books. Counters only move by increments, with the offset.
CREATE TABLE handler_cursor (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    handler TEXT NOT NULL,
    next_offset INTEGER NOT NULL CHECK (next_offset >= 0),
    owner_epoch INTEGER NOT NULL,
    owner TEXT NOT NULL,
    cluster_id TEXT,
    consumed INTEGER NOT NULL DEFAULT 0 CHECK (consumed >= 0),
    handled INTEGER NOT NULL DEFAULT 0 CHECK (handled >= 0),
    ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored >= 0),
    parked INTEGER NOT NULL DEFAULT 0 CHECK (parked >= 0),
    dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped >= 0),
    lost INTEGER NOT NULL DEFAULT 0 CHECK (lost >= 0),
    UNIQUE (stream, topic, partition, handler)
) STRICT;

CREATE TABLE parked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cursor_id INTEGER NOT NULL REFERENCES handler_cursor (id),
    message_offset INTEGER NOT NULL,
    time_us INTEGER NOT NULL,
    message_key BLOB,
    headers BLOB NOT NULL,
    value BLOB NOT NULL,
    reason TEXT NOT NULL,
    faults TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    parked_us INTEGER NOT NULL,
    next_try_us INTEGER,
    state INTEGER NOT NULL
) STRICT;
CREATE INDEX parked_open ON parked (id) WHERE state < 2;

-- The outbox: a share, its points, and the submissions it was split into.
CREATE TABLE share (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    destination TEXT NOT NULL,
    topic TEXT,
    target_id INTEGER NOT NULL,
    target_name TEXT NOT NULL,
    title TEXT NOT NULL,
    request TEXT NOT NULL,
    state INTEGER NOT NULL,
    points INTEGER NOT NULL,
    built INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    due_us INTEGER,
    last_error TEXT
) STRICT;
CREATE INDEX share_by_destination ON share (destination, state, id);
CREATE INDEX share_open ON share (destination, id) WHERE state < 2;
CREATE INDEX share_by_target ON share (target_id, destination);

CREATE TABLE submission (
    key BLOB NOT NULL PRIMARY KEY,
    share_id INTEGER NOT NULL REFERENCES share (id),
    part INTEGER NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_us INTEGER NOT NULL,
    sent_us INTEGER,
    receipt TEXT,
    last_error TEXT,
    body BLOB NOT NULL,
    UNIQUE (share_id, part)
) STRICT;

CREATE TABLE outbox_item (
    share_id INTEGER NOT NULL REFERENCES share (id),
    ordinal INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    content INTEGER NOT NULL,
    submission_key BLOB REFERENCES submission (key),
    PRIMARY KEY (share_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_item_by_submission ON outbox_item (submission_key);

-- Who may send to a destination just now; the lease fences a silo that was cut off.
CREATE TABLE outbox_lease (
    destination TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    until_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    sha256 BLOB NOT NULL PRIMARY KEY,
    role INTEGER NOT NULL,
    name TEXT NOT NULL,
    created_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

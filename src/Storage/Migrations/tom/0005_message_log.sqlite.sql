-- The message log: what was read, as it came. Ids are the order of keeping. Small columns first: a row is passed over without reading its value.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cursor_id INTEGER NOT NULL,
    message_offset INTEGER NOT NULL,
    time_us INTEGER NOT NULL,
    kept_us INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    packing INTEGER NOT NULL,
    size INTEGER NOT NULL,
    message_id BLOB,
    message_key BLOB,
    headers BLOB NOT NULL,
    value BLOB NOT NULL,
    UNIQUE (cursor_id, message_offset)
) STRICT;
CREATE INDEX message_by_message_id ON message (message_id) WHERE message_id IS NOT NULL;

-- What a partition takes up in the log, moved by increments with its rows.
CREATE TABLE message_use (
    cursor_id INTEGER PRIMARY KEY,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) STRICT;

-- What people ordered for a topic, or for one of its handlers (empty text: for all of them): paused since and by whom, and the last order to seek.
CREATE TABLE topic_control (
    stream TEXT NOT NULL,
    topic TEXT NOT NULL,
    handler TEXT NOT NULL,
    paused_by TEXT,
    paused_us INTEGER,
    seek_to INTEGER,
    seek_value INTEGER,
    seek_us INTEGER,
    revision INTEGER NOT NULL,
    PRIMARY KEY (stream, topic, handler)
) STRICT, WITHOUT ROWID;

-- The order to seek that a cursor has followed: each is carried out once a cursor.
ALTER TABLE handler_cursor ADD COLUMN seek_us INTEGER NOT NULL DEFAULT 0;

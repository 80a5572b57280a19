-- What people ordered for a topic, or for one of its handlers (empty text: for all of them): paused since and by whom, and the last order to seek.
CREATE TABLE topic_control (
    stream text NOT NULL,
    topic text NOT NULL,
    handler text NOT NULL,
    paused_by text,
    paused_us bigint,
    seek_to smallint,
    seek_value bigint,
    seek_us bigint,
    revision bigint NOT NULL,
    PRIMARY KEY (stream, topic, handler)
);

-- The order to seek that a cursor has followed: each is carried out once a cursor.
ALTER TABLE handler_cursor ADD COLUMN seek_us bigint NOT NULL DEFAULT 0;

-- The message log: what was read, as it came. Ids are the order of keeping. Values are packed by the program, so the database need not try.
CREATE TABLE message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cursor_id bigint NOT NULL,
    message_offset bigint NOT NULL,
    time_us bigint NOT NULL,
    kept_us bigint NOT NULL,
    bytes bigint NOT NULL,
    packing smallint NOT NULL,
    size integer NOT NULL,
    message_id uuid,
    message_key bytea,
    headers bytea NOT NULL,
    value bytea NOT NULL,
    UNIQUE (cursor_id, message_offset)
);
ALTER TABLE message ALTER COLUMN value SET STORAGE EXTERNAL;
CREATE INDEX message_by_message_id ON message (message_id) WHERE message_id IS NOT NULL;

-- What a partition takes up in the log, moved by increments with its rows.
CREATE TABLE message_use (
    cursor_id bigint PRIMARY KEY,
    messages bigint NOT NULL,
    bytes bigint NOT NULL
) WITH (fillfactor = 50);

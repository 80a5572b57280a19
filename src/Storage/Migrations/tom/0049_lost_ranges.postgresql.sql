-- Which messages a handler never saw: the broker had thrown them away, or (without a last offset) the topic was deleted and made again and nobody knows how many there were.
CREATE TABLE lost_range (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cursor_id bigint NOT NULL REFERENCES handler_cursor (id),
    first_offset bigint NOT NULL,
    last_offset bigint,
    noted_us bigint NOT NULL
);
CREATE INDEX lost_range_of ON lost_range (cursor_id);

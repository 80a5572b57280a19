-- Which messages a handler never saw: the broker had thrown them away, or (without a last offset) the topic was deleted and made again and nobody knows how many there were.
CREATE TABLE lost_range (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cursor_id INTEGER NOT NULL REFERENCES handler_cursor (id),
    first_offset INTEGER NOT NULL,
    last_offset INTEGER,
    noted_us INTEGER NOT NULL
) STRICT;
CREATE INDEX lost_range_of ON lost_range (cursor_id);

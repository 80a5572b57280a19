-- Which topic the offset belongs to, where the broker says; and the time of the message just before it. A topic that was deleted and made again has another id, and other times.
ALTER TABLE handler_cursor ADD COLUMN topic_id text;
ALTER TABLE handler_cursor ADD COLUMN last_us bigint;

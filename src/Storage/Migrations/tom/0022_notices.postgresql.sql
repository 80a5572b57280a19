-- What a person should know: one row a thing that was ever wrong. mark grows when it gets worse; told_ says what the webhook was told last.
CREATE TABLE notice (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    level smallint NOT NULL,
    text text NOT NULL,
    count bigint NOT NULL,
    mark bigint NOT NULL,
    since_us bigint NOT NULL,
    last_us bigint NOT NULL,
    ended_us bigint,
    seen_us bigint,
    seen_by text,
    seen_mark bigint NOT NULL,
    told_us bigint,
    told_mark bigint NOT NULL,
    told_open boolean NOT NULL,
    UNIQUE (kind, subject)
);

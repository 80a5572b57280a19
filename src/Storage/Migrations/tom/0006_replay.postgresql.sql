-- Replays: kept messages run through a handler again. Books and cursors of one are those of the handler NAME~replay-ID; a shadow one has its sums in report.
CREATE TABLE replay (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream text NOT NULL,
    topic text NOT NULL,
    handler text NOT NULL,
    shadow boolean NOT NULL,
    request text NOT NULL,
    "plan" text NOT NULL,
    state smallint NOT NULL,
    note text,
    report text,
    created_by text NOT NULL,
    created_us bigint NOT NULL,
    ended_us bigint,
    owner text,
    lease_us bigint NOT NULL
);
CREATE INDEX replay_open ON replay (id) WHERE state = 0;

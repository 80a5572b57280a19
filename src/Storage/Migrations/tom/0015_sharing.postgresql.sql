-- Each try of a submission: when, and what came back. What was sent is the submission's body, the same each time.
CREATE TABLE submission_attempt (
    submission_key uuid NOT NULL REFERENCES submission (key),
    ordinal integer NOT NULL,
    started_us bigint NOT NULL,
    ended_us bigint,
    outcome smallint,
    answer text,
    PRIMARY KEY (submission_key, ordinal)
);

-- How a destination stands: failures in a row and until when it is left alone, who paused it, and the name it knows our account by.
CREATE TABLE destination_standing (
    destination text NOT NULL PRIMARY KEY,
    failures integer NOT NULL,
    until_us bigint NOT NULL,
    reason text,
    paused_by text,
    paused_us bigint,
    sender text
);

ALTER TABLE submission ADD COLUMN retracted_us bigint;

-- A share may hold points of several targets: what was shared is asked by the points' own.
CREATE INDEX outbox_item_by_target ON outbox_item (target_id, share_id);
DROP INDEX share_by_target;

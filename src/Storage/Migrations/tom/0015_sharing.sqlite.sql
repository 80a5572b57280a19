-- Each try of a submission: when, and what came back. What was sent is the submission's body, the same each time.
CREATE TABLE submission_attempt (
    submission_key BLOB NOT NULL REFERENCES submission (key),
    ordinal INTEGER NOT NULL,
    started_us INTEGER NOT NULL,
    ended_us INTEGER,
    outcome INTEGER,
    answer TEXT,
    PRIMARY KEY (submission_key, ordinal)
) STRICT, WITHOUT ROWID;

-- How a destination stands: failures in a row and until when it is left alone, who paused it, and the name it knows our account by.
CREATE TABLE destination_standing (
    destination TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    until_us INTEGER NOT NULL,
    reason TEXT,
    paused_by TEXT,
    paused_us INTEGER,
    sender TEXT
) STRICT, WITHOUT ROWID;

ALTER TABLE submission ADD COLUMN retracted_us INTEGER;

-- A share may hold points of several targets: what was shared is asked by the points' own.
CREATE INDEX outbox_item_by_target ON outbox_item (target_id, share_id);
DROP INDEX share_by_target;

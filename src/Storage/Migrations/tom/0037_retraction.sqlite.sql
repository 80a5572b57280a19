-- Messages that their senders withdrew, as an archive says, and what they had brought. Each is noted once.
CREATE TABLE retraction (
    message_id BLOB NOT NULL PRIMARY KEY,
    found_us INTEGER NOT NULL,
    destination TEXT NOT NULL,
    topic TEXT NOT NULL,
    title TEXT NOT NULL,
    sender TEXT,
    points INTEGER NOT NULL,
    spectra INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX retraction_by_time ON retraction (found_us);

-- Shares by which withdrawn values had been passed on.
CREATE TABLE retraction_share (
    message_id BLOB NOT NULL REFERENCES retraction (message_id),
    share_id INTEGER NOT NULL REFERENCES share (id),
    PRIMARY KEY (message_id, share_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX retraction_share_by_share ON retraction_share (share_id);

ALTER TABLE spectrum ADD COLUMN retracted INTEGER NOT NULL DEFAULT 0;

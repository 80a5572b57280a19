-- Messages that their senders withdrew, as an archive says, and what they had brought. Each is noted once.
CREATE TABLE retraction (
    message_id uuid NOT NULL PRIMARY KEY,
    found_us bigint NOT NULL,
    destination text NOT NULL,
    topic text NOT NULL,
    title text NOT NULL,
    sender text,
    points integer NOT NULL,
    spectra integer NOT NULL
);
CREATE INDEX retraction_by_time ON retraction (found_us);

-- Shares by which withdrawn values had been passed on.
CREATE TABLE retraction_share (
    message_id uuid NOT NULL REFERENCES retraction (message_id),
    share_id bigint NOT NULL REFERENCES share (id),
    PRIMARY KEY (message_id, share_id)
);
CREATE INDEX retraction_share_by_share ON retraction_share (share_id);

ALTER TABLE spectrum ADD COLUMN retracted boolean NOT NULL DEFAULT false;

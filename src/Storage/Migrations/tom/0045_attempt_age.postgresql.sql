-- Tries of a submission that ended long ago are taken out, the oldest first.
CREATE INDEX submission_attempt_by_age ON submission_attempt (started_us);

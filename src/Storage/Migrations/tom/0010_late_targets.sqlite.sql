-- Targets that came, or got names, after messages that may name them: the message log is to be looked through for them. Gone when a replay does.
CREATE TABLE late_target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL,
    radius_deg REAL,
    asked_us INTEGER NOT NULL,
    asked_by TEXT NOT NULL
) STRICT;

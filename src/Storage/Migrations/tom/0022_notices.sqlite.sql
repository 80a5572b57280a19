-- What a person should know: one row a thing that was ever wrong. mark grows when it gets worse; told_ says what the webhook was told last.
CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    count INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    since_us INTEGER NOT NULL,
    last_us INTEGER NOT NULL,
    ended_us INTEGER,
    seen_us INTEGER,
    seen_by TEXT,
    seen_mark INTEGER NOT NULL,
    told_us INTEGER,
    told_mark INTEGER NOT NULL,
    told_open INTEGER NOT NULL,
    UNIQUE (kind, subject)
) STRICT;

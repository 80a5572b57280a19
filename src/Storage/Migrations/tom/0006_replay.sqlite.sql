-- Replays: kept messages run through a handler again. Books and cursors of one are those of the handler NAME~replay-ID; a shadow one has its sums in report.
CREATE TABLE replay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    topic TEXT NOT NULL,
    handler TEXT NOT NULL,
    shadow INTEGER NOT NULL,
    request TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    state INTEGER NOT NULL,
    note TEXT,
    report TEXT,
    created_by TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    ended_us INTEGER,
    owner TEXT,
    lease_us INTEGER NOT NULL
) STRICT;
CREATE INDEX replay_open ON replay (id) WHERE state = 0;

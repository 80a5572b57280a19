-- How far another TOM was taken over: a row a site, and one for each of its targets that is done.
CREATE TABLE moving_in (
    site TEXT PRIMARY KEY,
    started_us INTEGER NOT NULL,
    started_by TEXT NOT NULL,
    ended_us INTEGER
) STRICT;
CREATE TABLE moving_in_target (
    site TEXT NOT NULL,
    remote_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (site, remote_id)
) STRICT;

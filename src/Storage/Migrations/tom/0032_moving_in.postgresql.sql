-- How far another TOM was taken over: a row a site, and one for each of its targets that is done.
CREATE TABLE moving_in (
    site text PRIMARY KEY,
    started_us bigint NOT NULL,
    started_by text NOT NULL,
    ended_us bigint
);
CREATE TABLE moving_in_target (
    site text NOT NULL,
    remote_id bigint NOT NULL,
    outcome text NOT NULL,
    PRIMARY KEY (site, remote_id)
);

-- Targets in full: what is known of them, free fields, lists; merged and removed ones, kept for a while so that they can be brought back.

-- details: what nobody queries (astrometry, orbital elements), as JSON. type: 0 sidereal, 1 non-sidereal. A target with gone_us was merged (into merged_into) or removed.
ALTER TABLE target
    ADD COLUMN type smallint NOT NULL DEFAULT 0,
    ADD COLUMN details text,
    ADD COLUMN modified_us bigint,
    ADD COLUMN modified_by text,
    ADD COLUMN gone_us bigint,
    ADD COLUMN merged_into bigint;

CREATE TABLE target_extra (
    target_id bigint NOT NULL REFERENCES target (id),
    key text COLLATE "C" NOT NULL,
    value text NOT NULL,
    ordinal integer NOT NULL,
    PRIMARY KEY (target_id, key)
);
CREATE INDEX target_extra_by_key ON target_extra (key, target_id);

CREATE TABLE target_list (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    normalised text COLLATE "C" NOT NULL UNIQUE,
    created_us bigint NOT NULL,
    created_by text NOT NULL
);

CREATE TABLE target_in_list (
    list_id bigint NOT NULL REFERENCES target_list (id),
    target_id bigint NOT NULL REFERENCES target (id),
    PRIMARY KEY (list_id, target_id)
);
CREATE INDEX target_in_list_by_target ON target_in_list (target_id, list_id);

-- Merges (kind 1) and removals (kind 2) that can be undone. names and moved: JSON; what the target was called, and what else became the other's.
CREATE TABLE target_undo (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind smallint NOT NULL,
    target_id bigint NOT NULL,
    name text NOT NULL,
    into_id bigint,
    into_name text,
    points bigint NOT NULL,
    names text NOT NULL,
    moved text,
    at_us bigint NOT NULL,
    done_by text NOT NULL,
    undone_us bigint
);
CREATE INDEX target_undo_open ON target_undo (at_us) WHERE undone_us IS NULL;
CREATE INDEX target_undo_by_other ON target_undo (into_id) WHERE undone_us IS NULL;

-- Of a merge the rows that the other target had before, where the merged one had the same measurement: these stay when it is undone.
CREATE TABLE target_kept (
    undo_id bigint NOT NULL REFERENCES target_undo (id),
    identity bigint NOT NULL,
    content bigint NOT NULL,
    PRIMARY KEY (undo_id, identity, content)
);

-- One row. Moves when a name stops to mean what it meant: then every silo forgets the names it has cached.
CREATE TABLE name_epoch (
    id smallint NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch bigint NOT NULL
);
INSERT INTO name_epoch (id, epoch) VALUES (1, 0);

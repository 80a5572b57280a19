-- Targets in full: what is known of them, free fields, lists; merged and removed ones, kept for a while so that they can be brought back.

-- details: what nobody queries (astrometry, orbital elements), as JSON. type: 0 sidereal, 1 non-sidereal. A target with gone_us was merged (into merged_into) or removed.
ALTER TABLE target ADD COLUMN type INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN details TEXT;
ALTER TABLE target ADD COLUMN modified_us INTEGER;
ALTER TABLE target ADD COLUMN modified_by TEXT;
ALTER TABLE target ADD COLUMN gone_us INTEGER;
ALTER TABLE target ADD COLUMN merged_into INTEGER;

CREATE TABLE target_extra (
    target_id INTEGER NOT NULL REFERENCES target (id),
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    PRIMARY KEY (target_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_extra_by_key ON target_extra (key, target_id);

CREATE TABLE target_list (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    normalised TEXT NOT NULL UNIQUE,
    created_us INTEGER NOT NULL,
    created_by TEXT NOT NULL
) STRICT;

CREATE TABLE target_in_list (
    list_id INTEGER NOT NULL REFERENCES target_list (id),
    target_id INTEGER NOT NULL REFERENCES target (id),
    PRIMARY KEY (list_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_in_list_by_target ON target_in_list (target_id, list_id);

-- Merges (kind 1) and removals (kind 2) that can be undone. names and moved: JSON; what the target was called, and what else became the other's.
CREATE TABLE target_undo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    into_id INTEGER,
    into_name TEXT,
    points INTEGER NOT NULL,
    names TEXT NOT NULL,
    moved TEXT,
    at_us INTEGER NOT NULL,
    done_by TEXT NOT NULL,
    undone_us INTEGER
) STRICT;
CREATE INDEX target_undo_open ON target_undo (at_us) WHERE undone_us IS NULL;
CREATE INDEX target_undo_by_other ON target_undo (into_id) WHERE undone_us IS NULL;

-- Of a merge the rows that the other target had before, where the merged one had the same measurement: these stay when it is undone.
CREATE TABLE target_kept (
    undo_id INTEGER NOT NULL REFERENCES target_undo (id),
    identity INTEGER NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (undo_id, identity, content)
) STRICT, WITHOUT ROWID;

-- One row. Moves when a name stops to mean what it meant: then every silo forgets the names it has cached.
CREATE TABLE name_epoch (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL
) STRICT;
INSERT INTO name_epoch (id, epoch) VALUES (1, 0);

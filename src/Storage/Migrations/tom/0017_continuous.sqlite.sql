-- Standing orders: every new value of the points of a target, or of all targets in a list, goes to a destination. The other one of the two is 0; a topic of '' is none.
CREATE TABLE continuous_share (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL,
    list_id INTEGER NOT NULL DEFAULT 0,
    destination TEXT NOT NULL,
    topic TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_us INTEGER NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0,
    UNIQUE (target_id, list_id, destination, topic)
) STRICT;

-- What waits for the next share of an order, from the transaction that stored the points. No reference to the order: whoever ends it does not wait for those who write points.
CREATE TABLE continuous_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    continuous_id INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    identity INTEGER NOT NULL,
    content INTEGER NOT NULL
) STRICT;
CREATE INDEX continuous_item_by_order ON continuous_item (continuous_id, target_id, id);

-- Which orders have something waiting, and since when. Changed only under the target's lock, with the items.
CREATE TABLE continuous_waiting (
    continuous_id INTEGER NOT NULL,
    target_id INTEGER NOT NULL,
    since_us INTEGER NOT NULL,
    PRIMARY KEY (continuous_id, target_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE share ADD COLUMN continuous_id INTEGER;
CREATE INDEX share_open_of_continuous ON share (continuous_id, target_id) WHERE state < 2 AND continuous_id IS NOT NULL;

-- Where a point was passed on.
CREATE INDEX outbox_item_by_point ON outbox_item (target_id, identity, content);

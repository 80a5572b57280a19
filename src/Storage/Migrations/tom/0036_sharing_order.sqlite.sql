-- What people ordered for shares, destinations and continuous shares. Who shared what stands with the shares themselves.
CREATE TABLE sharing_order (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_us INTEGER NOT NULL,
    kind TEXT NOT NULL,
    ordered_by TEXT NOT NULL,
    destination TEXT NOT NULL,
    topic TEXT,
    share_id INTEGER,
    target_name TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX sharing_order_by_time ON sharing_order (at_us);
CREATE INDEX share_by_time ON share (created_us);

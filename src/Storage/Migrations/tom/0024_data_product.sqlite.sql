-- Files of targets, as the Toolkit's data products: kept as they came.
CREATE TABLE data_product (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL,
    product_id TEXT UNIQUE,
    type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    extra_data TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_us INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE INDEX data_product_by_target ON data_product (target_id, id);

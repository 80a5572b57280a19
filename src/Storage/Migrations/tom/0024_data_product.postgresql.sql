-- Files of targets, as the Toolkit's data products: kept as they came.
CREATE TABLE data_product (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_id bigint NOT NULL,
    product_id text UNIQUE,
    type text NOT NULL,
    file_name text NOT NULL,
    extra_data text NOT NULL,
    size integer NOT NULL,
    created_us bigint NOT NULL,
    created_by text NOT NULL,
    content bytea NOT NULL
);
CREATE INDEX data_product_by_target ON data_product (target_id, id);

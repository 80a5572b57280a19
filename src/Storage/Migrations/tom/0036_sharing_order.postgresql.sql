-- What people ordered for shares, destinations and continuous shares. Who shared what stands with the shares themselves.
CREATE TABLE sharing_order (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at_us bigint NOT NULL,
    kind text NOT NULL,
    ordered_by text NOT NULL,
    destination text NOT NULL,
    topic text,
    share_id bigint,
    target_name text NOT NULL,
    detail text NOT NULL
);
CREATE INDEX sharing_order_by_time ON sharing_order (at_us);
CREATE INDEX share_by_time ON share (created_us);

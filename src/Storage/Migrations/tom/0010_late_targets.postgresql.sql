-- Targets that came, or got names, after messages that may name them: the message log is to be looked through for them. Gone when a replay does.
CREATE TABLE late_target (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target_id bigint NOT NULL,
    radius_deg double precision,
    asked_us bigint NOT NULL,
    asked_by text NOT NULL
);

-- What a limit, an observer and a person's remark add to a point; and how many of a target's rows say what another origin says too.
ALTER TABLE photometry ADD COLUMN limit_sigma double precision;
ALTER TABLE photometry ADD COLUMN observer text;
ALTER TABLE photometry ADD COLUMN comments text;
ALTER TABLE target ADD COLUMN witnesses bigint NOT NULL DEFAULT 0;

-- What a limit, an observer and a person's remark add to a point; and how many of a target's rows say what another origin says too.
ALTER TABLE photometry ADD COLUMN limit_sigma REAL;
ALTER TABLE photometry ADD COLUMN observer TEXT;
ALTER TABLE photometry ADD COLUMN comments TEXT;
ALTER TABLE target ADD COLUMN witnesses INTEGER NOT NULL DEFAULT 0;

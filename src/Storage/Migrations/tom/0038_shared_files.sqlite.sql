-- A share may carry files of a target (data products), which are named in its request.
ALTER TABLE share ADD COLUMN files INTEGER NOT NULL DEFAULT 0;

-- A share may carry spectra beside points: outbox_item and continuous_item hold the keys of both, and no spectrum has the identity of a point.
ALTER TABLE share ADD COLUMN spectra integer NOT NULL DEFAULT 0;

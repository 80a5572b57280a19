-- Until when somebody is trying a message again just now; next_try_us is when the next try is due by itself.
ALTER TABLE parked ADD COLUMN claimed_until_us INTEGER;

-- When it was handled since, or dropped.
ALTER TABLE parked ADD COLUMN ended_us INTEGER;

CREATE INDEX parked_due ON parked (next_try_us) WHERE state = 1;
CREATE INDEX parked_waiting ON parked (cursor_id) WHERE state < 2;

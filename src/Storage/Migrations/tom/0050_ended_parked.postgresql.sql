-- What is left of parked messages that ended long ago is taken out, the oldest first.
CREATE INDEX parked_ended ON parked (ended_us) WHERE state >= 2;

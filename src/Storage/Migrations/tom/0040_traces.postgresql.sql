-- Where traces go on: what stored a point that waits for a share, and what a share came of (W3C traceparent, one a line). Null where nobody listens.
ALTER TABLE continuous_item ADD COLUMN trace text;
ALTER TABLE share ADD COLUMN trace text;

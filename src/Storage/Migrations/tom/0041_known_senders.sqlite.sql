-- Every name under which a destination has published for our account: what was sent under a former one and not answered is still known by it.
CREATE TABLE destination_sender (
    destination TEXT NOT NULL,
    sender TEXT NOT NULL,
    PRIMARY KEY (destination, sender)
) STRICT, WITHOUT ROWID;

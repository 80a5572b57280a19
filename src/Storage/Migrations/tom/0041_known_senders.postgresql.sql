-- Every name under which a destination has published for our account: what was sent under a former one and not answered is still known by it.
CREATE TABLE destination_sender (
    destination text NOT NULL,
    sender text NOT NULL,
    PRIMARY KEY (destination, sender)
);

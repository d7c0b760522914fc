package dev.relay.sink;

import java.io.IOException;

/** The place where a part would be written is in use: by another relay, or by something of the user's. */
final class PartTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    PartTakenException(String why) {
        super(why);
    }
}

package dev.relay.io.coding;

/** The encoded bytes are not what their coding allows; the message says why in a few words. */
final class BrokenCodingException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenCodingException(String why) {
        super(why);
    }

    BrokenCodingException(String why, Throwable cause) {
        super(why, cause);
    }
}

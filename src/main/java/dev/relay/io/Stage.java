package dev.relay.io;

/** What the thread that runs a transfer is at, for whoever watches it. */
public enum Stage {
    /** The name is being looked up. */
    RESOLVING,
    /** A connection is being made. */
    CONNECTING,
    /** The connection stands, and hands are being shaken. */
    SECURING,
    /** The request is on its way, or its answer is awaited. */
    ASKING,
    /** The next bytes of the body are awaited. */
    RECEIVING,
    /** Bytes of the body are being written to where they are wanted. */
    WRITING,
    /** Nothing is tried until a pause is over. */
    PAUSING,
    /** All has come, and is being checked and brought into place. */
    FINISHING,
    /** Nobody is there to be served. */
    ALONE
}

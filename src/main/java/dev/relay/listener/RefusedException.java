package dev.relay.listener;

import java.io.IOException;

/** A request that is answered with an error status, and whose connection is closed: what follows it cannot be trusted. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** @param message what is wrong, for the client to read */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** 400 to 599. */
    public int status() {
        return status;
    }
}

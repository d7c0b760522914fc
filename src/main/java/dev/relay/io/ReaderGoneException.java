package dev.relay.io;

import java.io.IOException;

/** The reader of standard output has closed it. */
public final class ReaderGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    public ReaderGoneException(Throwable cause) {
        super("the reader of the output closed it", cause);
    }
}

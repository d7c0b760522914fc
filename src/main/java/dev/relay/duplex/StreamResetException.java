package dev.relay.duplex;

import java.io.IOException;

/** The other side has given up one stream of an HTTP/2 connection (RFC 9113 §5.4.2), or the connection by name. */
final class StreamResetException extends IOException {
    private static final long serialVersionUID = 1L;

    StreamResetException(String message) {
        super(message);
    }
}

package dev.relay.duplex;

import java.net.ProtocolException;

/** The other side breaks the rules of HTTP/2 in a way that ends the connection (RFC 9113 §5.4.1). */
final class ConnectionErrorException extends ProtocolException {
    private static final long serialVersionUID = 1L;
    private final Http2Error error;

    ConnectionErrorException(Http2Error error, String message) {
        super(message);
        this.error = error;
    }

    Http2Error error() {
        return error;
    }
}

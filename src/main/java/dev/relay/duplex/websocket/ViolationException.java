package dev.relay.duplex.websocket;

import java.net.ProtocolException;

/** The server does what RFC 6455 forbids; the connection is to be closed with the code that says so (§7.4.1). */
final class ViolationException extends ProtocolException {
    private static final long serialVersionUID = 1L;
    private final int code;

    private ViolationException(int code, String what) {
        super(what);
        this.code = code;
    }

    /** A breach of the protocol itself. */
    static ViolationException ofProtocol(String what) {
        return new ViolationException(CloseCode.PROTOCOL_ERROR, what);
    }

    /** A text that is none. */
    static ViolationException ofText(String what) {
        return new ViolationException(CloseCode.INVALID_DATA, what);
    }

    int code() {
        return code;
    }
}

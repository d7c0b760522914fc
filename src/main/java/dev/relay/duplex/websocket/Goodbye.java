package dev.relay.duplex.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a Close frame says (RFC 6455 §5.5.1).
 *
 * @param code {@link CloseCode#NONE} when it says nothing
 * @param reason in the server's words; often empty
 */
record Goodbye(int code, String reason) {

    /**
     * Reads the payload of a Close frame.
     *
     * @throws ViolationException for half a code, one that may not be sent, or a reason that is not UTF-8
     */
    static Goodbye read(ByteBuffer payload) throws ViolationException {
        if (!payload.hasRemaining()) {
            return new Goodbye(CloseCode.NONE, "");
        }
        if (payload.remaining() == 1) {
            throw ViolationException.ofProtocol("a Close frame with half a code");
        }
        int code = payload.getShort() & 0xFFFF;
        if (!CloseCode.mayBeSent(code)) {
            throw ViolationException.ofProtocol("a Close frame with the code " + code + ", which is never sent");
        }
        var utf8 = new Utf8();
        if (!utf8.takes(payload, payload.position(), payload.limit()) || !utf8.isWhole()) {
            throw ViolationException.ofText("a Close frame whose reason is not UTF-8");
        }
        return new Goodbye(code, StandardCharsets.UTF_8.decode(payload).toString());
    }

    /** The payload of a Close frame with that code; nothing for {@link CloseCode#NONE}. */
    static byte[] payload(int code) {
        return code == CloseCode.NONE ? new byte[0] : new byte[] {(byte) (code >> 8), (byte) code};
    }

    /** Whether all was said that was to be said. */
    boolean isContent() {
        return code == CloseCode.NORMAL || code == CloseCode.NONE;
    }

    @Override
    public String toString() {
        return CloseCode.text(code) + (reason.isEmpty() ? "" : ": " + reason);
    }
}

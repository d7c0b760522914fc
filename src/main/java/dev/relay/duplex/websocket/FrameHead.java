package dev.relay.duplex.websocket;

import java.nio.ByteBuffer;

/** The head of a server's frame (RFC 6455 §5.2), read as its bytes come, and refused as soon as it is wrong. */
final class FrameHead {
    private static final int LONGEST_CONTROL = 125;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    private final ByteBuffer bytes = ByteBuffer.allocate(10).limit(2);
    private long length;

    /**
     * Takes what it needs of these bytes.
     *
     * @return whether it is complete
     * @throws ViolationException when it is one that no server may send
     */
    boolean take(ByteBuffer from) throws ViolationException {
        while (bytes.hasRemaining()) {
            if (!from.hasRemaining()) {
                return false;
            }
            bytes.put(from.get());
            if (bytes.position() == 2) {
                check();
                int announced = bytes.get(1);
                int following = announced == TWO_BYTES_FOLLOW ? 2 : announced == EIGHT_BYTES_FOLLOW ? 8 : 0;
                bytes.limit(2 + following);
            }
        }
        length = checkedLength();
        return true;
    }

    private void check() throws ViolationException {
        if ((bytes.get(0) & 0x70) != 0) {
            throw ViolationException.ofProtocol("a frame with a reserved bit, and no extension was agreed on");
        }
        if (Opcode.isReserved(opcode())) {
            throw ViolationException.ofProtocol("a frame of the unknown kind " + opcode());
        }
        if (bytes.get(1) < 0) {
            throw ViolationException.ofProtocol("a masked frame, which only clients send");
        }
        if (Opcode.isControl(opcode()) && !isLast()) {
            throw ViolationException.ofProtocol("a control frame in fragments");
        }
        if (Opcode.isControl(opcode()) && bytes.get(1) > LONGEST_CONTROL) {
            throw ViolationException.ofProtocol("a control frame of more than " + LONGEST_CONTROL + " bytes");
        }
    }

    private long checkedLength() throws ViolationException {
        int announced = bytes.get(1);
        if (announced < TWO_BYTES_FOLLOW) {
            return announced;
        }
        long told = announced == TWO_BYTES_FOLLOW ? bytes.getShort(2) & 0xFFFF : bytes.getLong(2);
        if (told < 0) {
            throw ViolationException.ofProtocol("a frame of more than 2^63 bytes");
        }
        if (told <= (announced == TWO_BYTES_FOLLOW ? LONGEST_CONTROL : 0xFFFF)) {
            throw ViolationException.ofProtocol("a frame whose length is written longer than it needs");
        }
        return told;
    }

    /** Forgets it: the next frame begins. */
    void clear() {
        bytes.clear().limit(2);
    }

    /** Whether its first byte has come, and not all of it. */
    boolean isBegun() {
        return bytes.position() > 0;
    }

    boolean isLast() {
        return bytes.get(0) < 0;
    }

    int opcode() {
        return bytes.get(0) & 0x0F;
    }

    /** The bytes of the payload. */
    long length() {
        return length;
    }
}

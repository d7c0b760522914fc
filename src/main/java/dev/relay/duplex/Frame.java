package dev.relay.duplex;

import java.nio.ByteBuffer;

/** The frames of HTTP/2 (RFC 9113 §4.1, §6). */
final class Frame {
    static final int HEADER = 9;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PUSH_PROMISE = 0x5;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int ACK = 0x1;
    static final int END_STREAM = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY = 0x20;

    /** The one stream of a connection that is made for one exchange. */
    static final int STREAM = 1;

    private Frame() {}

    /** A frame of numbers of four bytes each. */
    static byte[] of(int type, int stream, int... values) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + 4 * values.length);
        header(frame, 4 * values.length, type, 0, stream);
        for (int value : values) {
            frame.putInt(value);
        }
        return frame.array();
    }

    /** A frame of bytes. */
    static byte[] of(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + payload.length);
        header(frame, payload.length, type, flags, stream);
        return frame.put(payload).array();
    }

    static void header(ByteBuffer into, int length, int type, int flags, int stream) {
        into.put((byte) (length >> 16)).putShort((short) length);
        into.put((byte) type).put((byte) flags).putInt(stream);
    }
}

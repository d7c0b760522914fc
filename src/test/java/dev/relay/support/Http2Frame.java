package dev.relay.support;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A frame of HTTP/2 (RFC 9113 §4.1). */
final class Http2Frame {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITY = 32;

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    Http2Frame(int type, int flags, int stream, byte... payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    static Http2Frame of(int type, int stream, int... words) {
        var payload = ByteBuffer.allocate(4 * words.length);
        for (int word : words) {
            payload.putInt(word);
        }
        return new Http2Frame(type, 0, stream, payload.array());
    }

    static Http2Frame read(DataInputStream in) throws IOException {
        int start = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & 0x7fffffff;
        byte[] payload = new byte[start >>> 8];
        in.readFully(payload);
        return new Http2Frame(start & 0xff, flags, stream, payload);
    }

    void write(OutputStream out) throws IOException {
        var head = ByteBuffer.allocate(9)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream);
        out.write(head.array());
        out.write(payload);
    }

    /** The answer to a ping. */
    Http2Frame acknowledgement() {
        return new Http2Frame(type, ACK, 0, payload);
    }

    int type() {
        return type;
    }

    int stream() {
        return stream;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The payload without padding and priority. */
    ByteBuffer payload() {
        var content = ByteBuffer.wrap(payload);
        if (has(PADDED) && (type == DATA || type == HEADERS)) {
            content.limit(content.limit() - Byte.toUnsignedInt(content.get()));
        }
        if (has(PRIORITY) && type == HEADERS) {
            content.position(content.position() + 5);
        }
        return content;
    }

    /** What flow control counts. */
    int size() {
        return payload.length;
    }
}

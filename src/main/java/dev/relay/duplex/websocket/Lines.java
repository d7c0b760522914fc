package dev.relay.duplex.websocket;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes a text message of each line, without its line end (LF or CRLF). A line that has not ended is held back until it
 * does, or until it is so long that it is sent in fragments.
 */
final class Lines {
    /** How much of a line is held back, in bytes. */
    private static final int HELD = 64 * 1024;

    private final Sender sender;
    private final ByteBuffer held = ByteBuffer.allocate(HELD);
    private final Utf8 utf8 = new Utf8();
    /** Whether a part of the line was sent. */
    private boolean begun;

    private long number = 1;

    Lines(Sender sender) {
        this.sender = sender;
    }

    /**
     * Gathers the messages of the lines that end in these bytes.
     *
     * @throws FaultException 26 for a line that is not UTF-8; of one that is not long, no part was sent
     */
    void take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int end = lineEnd(bytes);
            if (end < 0) {
                hold(bytes);
            } else {
                ByteBuffer rest = bytes.slice(bytes.position(), end - bytes.position());
                bytes.position(end + 1);
                if (held.position() > 0) {
                    hold(rest);
                    rest = held.flip();
                }
                send(withoutReturn(rest), true);
                held.clear();
            }
        }
    }

    /** A last line without a line end is a message too. */
    void end() throws IOException {
        if (held.position() > 0 || begun) {
            send(held.flip(), true);
            held.clear();
        }
    }

    private static int lineEnd(ByteBuffer bytes) {
        for (int at = bytes.position(); at < bytes.limit(); at++) {
            if (bytes.get(at) == '\n') {
                return at;
            }
        }
        return -1;
    }

    private void hold(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (!held.hasRemaining()) {
                // More of the line follows: a CR at the end is not that of its line end.
                send(held.flip(), false);
                held.clear();
            }
            int count = Math.min(bytes.remaining(), held.remaining());
            held.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
        }
    }

    private static ByteBuffer withoutReturn(ByteBuffer bytes) {
        int last = bytes.limit() - 1;
        boolean is = bytes.hasRemaining() && bytes.get(last) == '\r';
        return is ? bytes.slice(bytes.position(), bytes.remaining() - 1) : bytes.slice();
    }

    private void send(ByteBuffer piece, boolean last) throws IOException {
        if (!utf8.takes(piece, 0, piece.limit()) || (last && !utf8.isWhole())) {
            throw Fault.of(ExitCode.INPUT_FAILED, "standard input", "line " + number + " is not UTF-8")
                    .withHint("--binary sends bytes as they are")
                    .exception();
        }
        sender.gather(begun ? Opcode.CONTINUATION : Opcode.TEXT, last, piece);
        begun = !last;
        number += last ? 1 : 0;
    }
}

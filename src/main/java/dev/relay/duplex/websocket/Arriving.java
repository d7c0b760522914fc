package dev.relay.duplex.websocket;

import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.wire.Inlet;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The messages that arrive, as the bytes that they become: those of a text message and a newline, or those of the message
 * alone. A fragment is handed out as it comes, however long it is announced to be; what has come is never held back.
 */
final class Arriving implements Chunks {
    /** Pieces of at least so many bytes are handed out where they lie. */
    private static final int LARGE = 4096;

    private final Inlet inlet;
    private final Patience patience;
    private final Pulse pulse;
    private final Farewell farewell;
    private final boolean newlines;

    private final FrameHead head = new FrameHead();
    private final ByteBuffer control = ByteBuffer.allocate(125);
    private final ByteBuffer out = ByteBuffer.allocateDirect(64 * 1024);
    /** What is still to come of the payload; -1 before a frame. */
    private long left = -1;

    private boolean withinMessage;
    private boolean text;
    private Utf8 utf8 = new Utf8();
    private boolean newlineDue;
    private @Nullable IOException due;
    private @Nullable Goodbye goodbye;

    /** @param newlines whether a text message is followed by a newline */
    Arriving(Inlet inlet, Patience patience, Pulse pulse, Farewell farewell, boolean newlines) {
        this.inlet = inlet;
        this.patience = patience;
        this.pulse = pulse;
        this.farewell = farewell;
        this.newlines = newlines;
    }

    /** What the server said in the end; to be asked once {@link #next} has returned null. */
    Goodbye goodbye() {
        return Objects.requireNonNull(goodbye);
    }

    /** Whether a message has begun and not ended. */
    boolean isWithinMessage() {
        return withinMessage;
    }

    /**
     * Returns null when the server has closed the conversation, for whatever reason.
     *
     * @throws ViolationException when it does what it may not do
     * @throws EOFException when the connection ended in the middle of a message
     * @throws UnclosedException when it ended between messages, without a Close
     */
    @Override
    public @Nullable ByteBuffer next() throws IOException {
        out.clear();
        if (newlineDue) {
            out.put((byte) '\n');
            newlineDue = false;
        }
        try {
            while (due == null && goodbye == null) {
                if (out.remaining() <= 1
                        || (out.position() > 0 && !inlet.waiting().hasRemaining())) {
                    return out.flip();
                }
                ByteBuffer piece = step();
                if (piece != null) {
                    return piece;
                }
            }
        } catch (ViolationException e) {
            due = e;
        }
        if (out.position() > 0) {
            return out.flip();
        }
        if (due != null) {
            throw due;
        }
        return null;
    }

    /** Takes one step forward; gives what is to be handed out where it lies. */
    private @Nullable ByteBuffer step() throws IOException {
        ByteBuffer waiting = inlet.waiting();
        if (!waiting.hasRemaining()) {
            await();
        }
        if (left < 0) {
            if (head.take(waiting)) {
                beginFrame();
            }
            return null;
        }
        return Opcode.isControl(head.opcode()) ? control(waiting) : data(waiting);
    }

    private void await() throws IOException {
        // A flood of what makes no output never waits, and would not notice that it is to stop.
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("stopped while messages came");
        }
        farewell.awaiting();
        boolean more;
        try {
            more = inlet.await(patience);
        } catch (EOFException _) {
            // Over TLS an end without a word of goodbye is an end all the same.
            more = false;
        }
        if (!more) {
            throw withinMessage || left >= 0 || head.isBegun()
                    ? new EOFException("the connection was closed in the middle of a message")
                    : new UnclosedException();
        }
        farewell.came();
    }

    private void beginFrame() throws IOException {
        int opcode = head.opcode();
        if (!Opcode.isControl(opcode)) {
            if (opcode == Opcode.CONTINUATION && !withinMessage) {
                throw ViolationException.ofProtocol("a continuation of no message");
            }
            if (opcode != Opcode.CONTINUATION && withinMessage) {
                throw ViolationException.ofProtocol("a message in the middle of another");
            }
            if (!withinMessage) {
                withinMessage = true;
                text = opcode == Opcode.TEXT;
                utf8 = new Utf8();
            }
        }
        left = head.length();
        if (left == 0) {
            endFrame();
        }
    }

    private @Nullable ByteBuffer data(ByteBuffer waiting) throws IOException {
        boolean large = out.position() == 0 && waiting.remaining() >= LARGE;
        int most = large ? waiting.remaining() : Math.min(waiting.remaining(), out.remaining() - 1);
        int count = (int) Math.min(left, most);
        int from = waiting.position();
        if (text && !utf8.takes(waiting, from, from + count)) {
            throw ViolationException.ofText("a text message that is not UTF-8");
        }
        ByteBuffer piece = waiting.slice(from, count);
        waiting.position(from + count);
        left -= count;
        if (!large) {
            out.put(piece);
        }
        if (left == 0) {
            endFrame();
        }
        if (!large) {
            return null;
        }
        if (out.position() > 0) {
            out.clear();
            newlineDue = true;
        }
        return piece;
    }

    private @Nullable ByteBuffer control(ByteBuffer waiting) throws IOException {
        int count = (int) Math.min(left, waiting.remaining());
        control.put(waiting.slice(waiting.position(), count));
        waiting.position(waiting.position() + count);
        left -= count;
        if (left == 0) {
            endFrame();
        }
        return null;
    }

    private void endFrame() throws IOException {
        left = -1;
        int opcode = head.opcode();
        boolean last = head.isLast();
        head.clear();
        if (Opcode.isControl(opcode)) {
            obey(opcode, control.flip());
            control.clear();
        } else if (last) {
            endMessage();
        }
    }

    private void endMessage() throws IOException {
        withinMessage = false;
        if (text && !utf8.isWhole()) {
            throw ViolationException.ofText("a text message that ends within a character");
        }
        if (text && newlines) {
            out.put((byte) '\n');
        }
    }

    /** A pong asks for nothing: that something came is all that it says. */
    private void obey(int opcode, ByteBuffer payload) throws IOException {
        if (opcode == Opcode.PING) {
            byte[] same = new byte[payload.remaining()];
            payload.get(same);
            pulse.answer(same);
        } else if (opcode == Opcode.CLOSE) {
            goodbye = Goodbye.read(payload);
        }
    }

    /** Does nothing: the connection is ended by whoever says goodbye. */
    @Override
    public void close() {}

    /** The connection ended where no message was cut, but nobody had taken leave. */
    static final class UnclosedException extends EOFException {
        private static final long serialVersionUID = 1L;

        UnclosedException() {
            super("the connection was closed without a Close");
        }
    }
}

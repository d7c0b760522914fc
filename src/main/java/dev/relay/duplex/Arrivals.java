package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.http.Headers.Field;
import dev.relay.io.Patience;
import dev.relay.plan.Limits;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the frames of a connection, on a thread of its own that waits for nothing but the server. */
final class Arrivals {
    /** The largest payload that is taken, in bytes. */
    static final int LARGEST_FRAME = 64 * 1024;

    /** How many interim answers may wait to be taken. */
    private static final int MOST_INTERIM = 20;

    private static final Limits NONE = new Limits(null, null, null, false, null, null, null, null);

    private final Inlet inlet;
    private final FrameWriter writer;
    private final SendWindow window;
    private final Basin basin;
    private final FieldBlock block = new FieldBlock();
    private final Patience patience = new Patience(NONE, false);
    private final Queue<Head> heads = new ArrayDeque<>();
    private @Nullable IOException broken;
    private @Nullable IOException goodbye;
    private volatile int largestFrameThere = 16_384;

    private boolean begun;
    private boolean answered;

    Arrivals(Inlet inlet, FrameWriter writer, SendWindow window, Basin basin) {
        this.inlet = inlet;
        this.writer = writer;
        this.window = window;
        this.basin = basin;
    }

    void start() {
        Thread.ofPlatform().name("HTTP/2").daemon().start(this::run);
    }

    /** What arrives of the body. */
    Basin body() {
        return basin;
    }

    /** Whether the response has come to its end. */
    boolean isEnded() {
        return basin.isEnded();
    }

    /** The largest payload that the server takes, within reason. */
    int largestFrameThere() {
        return largestFrameThere;
    }

    /** Waits for the next head. */
    synchronized Head head(long deadline, Limits limits) throws IOException {
        try {
            while (heads.isEmpty() && broken == null) {
                long left = deadline == Line.FOR_EVER ? 0 : millis(deadline, limits);
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("stopped while waiting for the answer");
            stopped.initCause(e);
            throw stopped;
        }
        if (heads.isEmpty() && broken != null) {
            throw broken;
        }
        return heads.remove();
    }

    private static long millis(long deadline, Limits limits) throws SocketTimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw ResponseHead.late(limits);
        }
        return TimeUnit.NANOSECONDS.toMillis(left) + 1;
    }

    private void run() {
        IOException why;
        try {
            while (true) {
                take();
            }
        } catch (ConnectionErrorException e) {
            why = e;
            writer.close(Frame.of(Frame.GOAWAY, 0, 0, e.error().code()));
        } catch (ProtocolException e) {
            why = e;
            writer.close(Frame.of(Frame.GOAWAY, 0, 0, Http2Error.PROTOCOL_ERROR.code()));
        } catch (EOFException e) {
            why = goodbye != null ? goodbye : answered || block.isOpen() ? e : new Severed.UnansweredException();
        } catch (IOException e) {
            why = goodbye != null ? goodbye : e;
        }
        fail(why);
    }

    private void fail(IOException why) {
        synchronized (this) {
            // What came first is the reason: a connection that then ends only follows from it.
            broken = broken == null ? why : broken;
            notifyAll();
        }
        basin.fail(why);
        window.close(why);
    }

    private void take() throws IOException {
        int length = next() << 16 | next() << 8 | next();
        int type = next();
        int flags = next();
        int stream = (next() << 24 | next() << 16 | next() << 8 | next()) & Integer.MAX_VALUE;
        if (!begun && (type != Frame.SETTINGS || stream != 0 || length > LARGEST_FRAME)) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "the server does not speak HTTP/2");
        }
        begun = true;
        if (length > LARGEST_FRAME) {
            throw new ConnectionErrorException(Http2Error.FRAME_SIZE_ERROR, "a frame of " + length + " bytes");
        }
        if (block.isOpen() && type != Frame.CONTINUATION) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a head that is interrupted");
        }
        if (type == Frame.DATA) {
            data(length, flags, stream);
        } else {
            take(type, flags, stream, payload(length));
        }
    }

    private void take(int type, int flags, int stream, ByteBuffer payload) throws IOException {
        switch (type) {
            case Frame.HEADERS -> headers(flags, stream, payload);
            case Frame.CONTINUATION -> continuation(flags, stream, payload);
            case Frame.SETTINGS -> settings(flags, stream, payload);
            case Frame.PING -> {
                size(payload, 8);
                ofConnection(stream);
                if ((flags & Frame.ACK) == 0) {
                    writer.post(Frame.of(Frame.PING, Frame.ACK, 0, bytes(payload)));
                }
            }
            case Frame.WINDOW_UPDATE -> {
                size(payload, 4);
                int by = payload.getInt() & Integer.MAX_VALUE;
                if (stream > Frame.STREAM) {
                    throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a window that belongs to nothing");
                }
                window.widen(stream, by);
            }
            case Frame.RST_STREAM -> {
                size(payload, 4);
                reset(stream, payload.getInt());
            }
            case Frame.GOAWAY -> {
                ofConnection(stream);
                goAway(payload);
            }
            case Frame.PUSH_PROMISE ->
                throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a push that was not wanted");
            default -> {
                // Priorities, and what is not known, mean nothing here (RFC 9113 §4.1).
            }
        }
    }

    private void data(int length, int flags, int stream) throws IOException {
        if (stream != Frame.STREAM || !answered || basin.isEnded()) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a body that belongs to nothing");
        }
        int padding = 0;
        int left = length;
        if ((flags & Frame.PADDED) != 0) {
            padding = length == 0 ? 0 : next();
            left = length - 1 - padding;
            if (left < 0) {
                throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "padding that is longer than its frame");
            }
        }
        basin.expect(length, left > 0);
        while (left > 0) {
            ByteBuffer waiting = waiting();
            int count = Math.min(left, waiting.remaining());
            basin.put(waiting.slice(waiting.position(), count));
            waiting.position(waiting.position() + count);
            left -= count;
        }
        if ((flags & Frame.PADDED) != 0) {
            for (int i = 0; i < padding; i++) {
                next();
            }
            basin.skip(padding + 1);
        }
        if ((flags & Frame.END_STREAM) != 0) {
            basin.end();
        }
    }

    private void headers(int flags, int stream, ByteBuffer payload) throws IOException {
        if (stream != Frame.STREAM || basin.isEnded()) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a head that belongs to nothing");
        }
        complete(block.begin(flags, payload));
    }

    private void continuation(int flags, int stream, ByteBuffer payload) throws IOException {
        if (stream != Frame.STREAM) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a continuation of nothing");
        }
        complete(block.proceed(flags, payload));
    }

    private void complete(@Nullable List<Field> fields) throws IOException {
        if (fields == null) {
            return;
        }
        if (answered) {
            if (!block.isLast()) {
                throw new ProtocolException("fields behind the body that do not end it");
            }
            Http2Fields.checkTrailers(fields);
        } else {
            Head head = Http2Fields.head(fields);
            answered = head.status() >= 200;
            if (block.isLast() && !answered) {
                throw new ProtocolException("an interim answer that is the last");
            }
            hand(head);
        }
        if (block.isLast()) {
            basin.end();
        }
    }

    private synchronized void hand(Head head) throws IOException {
        if (heads.size() >= MOST_INTERIM) {
            throw new ConnectionErrorException(Http2Error.ENHANCE_YOUR_CALM, "too many interim answers");
        }
        heads.add(head);
        notifyAll();
    }

    private void settings(int flags, int stream, ByteBuffer payload) throws IOException {
        ofConnection(stream);
        boolean answer = (flags & Frame.ACK) != 0;
        if (payload.remaining() % 6 != 0 || (answer && payload.hasRemaining())) {
            throw new ConnectionErrorException(Http2Error.FRAME_SIZE_ERROR, "settings that are none");
        }
        if (answer) {
            return;
        }
        while (payload.hasRemaining()) {
            int setting = payload.getShort();
            long value = payload.getInt() & 0xFFFF_FFFFL;
            if (setting == 2 && value != 0) {
                throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a server that wants to be pushed to");
            }
            if (setting == 4) {
                if (value > Integer.MAX_VALUE) {
                    throw new ConnectionErrorException(Http2Error.FLOW_CONTROL_ERROR, "a window that is too large");
                }
                window.initial(value);
            } else if (setting == 5) {
                if (value < 16_384 || value > 0xFF_FFFF) {
                    throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a frame size that is none");
                }
                largestFrameThere = (int) Math.min(value, LARGEST_FRAME);
            }
        }
        writer.post(Frame.of(Frame.SETTINGS, Frame.ACK, 0, new byte[0]));
    }

    /** After the response a reset without error means that the rest of the request is not wanted (RFC 9113 §8.1). */
    private void reset(int stream, int code) throws IOException {
        if (stream != Frame.STREAM) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a reset of nothing");
        }
        var why = new StreamResetException(Http2Error.name(code));
        if (basin.isEnded()) {
            window.close(why);
        } else {
            fail(why);
        }
    }

    private void goAway(ByteBuffer payload) throws IOException {
        if (payload.remaining() < 8) {
            throw new ConnectionErrorException(Http2Error.FRAME_SIZE_ERROR, "a goodbye that is too short");
        }
        int last = payload.getInt() & Integer.MAX_VALUE;
        int code = payload.getInt();
        if (last < Frame.STREAM) {
            var why =
                    new StreamResetException("the server has not begun it and says goodbye: " + Http2Error.name(code));
            fail(why);
        } else if (code != 0) {
            goodbye = new IOException("the server ended the connection: " + Http2Error.name(code));
        }
    }

    private static void ofConnection(int stream) throws IOException {
        if (stream != 0) {
            throw new ConnectionErrorException(Http2Error.PROTOCOL_ERROR, "a frame that belongs to no stream");
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    private static void size(ByteBuffer payload, int wanted) throws IOException {
        if (payload.remaining() != wanted) {
            throw new ConnectionErrorException(Http2Error.FRAME_SIZE_ERROR, "a frame of the wrong size");
        }
    }

    private ByteBuffer payload(int length) throws IOException {
        var payload = ByteBuffer.allocate(length);
        while (payload.hasRemaining()) {
            ByteBuffer waiting = waiting();
            int count = Math.min(payload.remaining(), waiting.remaining());
            payload.put(waiting.slice(waiting.position(), count));
            waiting.position(waiting.position() + count);
        }
        return payload.flip();
    }

    private ByteBuffer waiting() throws IOException {
        if (!inlet.await(patience)) {
            throw new EOFException("the connection was closed");
        }
        return inlet.waiting();
    }

    private int next() throws IOException {
        return inlet.next(Line.FOR_EVER);
    }
}

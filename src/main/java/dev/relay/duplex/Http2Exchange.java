package dev.relay.duplex;

import dev.relay.duplex.hpack.FieldEncoder;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.io.Patience;
import dev.relay.io.Witness;
import dev.relay.upstream.Framing;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An exchange over HTTP/2 (RFC 9113): the only stream of its connection. A thread of its own reads the frames, so that
 * neither direction depends on the other being moved.
 */
final class Http2Exchange implements Exchange {
    private static final int READ_AHEAD = 128 * 1024;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int WINDOW_AT_FIRST = 65_535;
    /** Frames that are written at a time. */
    private static final int AT_A_TIME = 128 * 1024;

    private final Call call;
    private final Witness witness;
    private final FrameWriter writer;
    private final SendWindow window = new SendWindow();
    private final Arrivals arrivals;
    private final Outgoing outgoing = new Outgoing();

    private Http2Exchange(Call call, Line line, Witness witness) {
        this.call = call;
        this.witness = witness;
        this.writer = new FrameWriter(line);
        var basin = new Basin(writer, new Patience(call.limits(), true));
        this.arrivals = new Arrivals(new Inlet(line, READ_AHEAD), writer, window, basin);
    }

    /** Sends the preface and the head, and begins to read. */
    static Http2Exchange begin(Call call, Line line, Witness witness) throws IOException {
        var exchange = new Http2Exchange(call, line, witness);
        List<Headers.Field> fields = Http2Fields.of(call);
        var shown = new ArrayList<>(fields);
        shown.removeIf(field -> field.name().startsWith(":"));
        shown.addFirst(new Headers.Field("Host", call.authority()));
        witness.requested(call.method(), call.url(), "HTTP/2", new Headers(shown));
        exchange.writer.write(
                ByteBuffer.wrap(PREFACE),
                ByteBuffer.wrap(settings()),
                ByteBuffer.wrap(Frame.of(Frame.WINDOW_UPDATE, 0, Basin.WINDOW - WINDOW_AT_FIRST)),
                ByteBuffer.wrap(head(FieldEncoder.encode(fields))));
        exchange.writer.start();
        exchange.arrivals.start();
        return exchange;
    }

    /** Nothing is pushed; the window and the frames are larger than what everybody grants. */
    private static byte[] settings() {
        ByteBuffer payload = ByteBuffer.allocate(24);
        payload.putShort((short) 2).putInt(0);
        payload.putShort((short) 4).putInt(Basin.WINDOW);
        payload.putShort((short) 5).putInt(Arrivals.LARGEST_FRAME);
        payload.putShort((short) 6).putInt(FieldBlock.LARGEST);
        return Frame.of(Frame.SETTINGS, 0, 0, payload.array());
    }

    /** The frames of a head: what does not fit into the first goes on in others (RFC 9113 §6.10). */
    private static byte[] head(byte[] block) {
        int most = 16_384;
        var frames = new ByteArrayOutputStream(block.length + 64);
        for (int at = 0; at == 0 || at < block.length; at += most) {
            int end = Math.min(block.length, at + most);
            int flags = end == block.length ? Frame.END_HEADERS : 0;
            int type = at == 0 ? Frame.HEADERS : Frame.CONTINUATION;
            frames.writeBytes(Frame.of(type, flags, Frame.STREAM, Arrays.copyOfRange(block, at, end)));
        }
        return frames.toByteArray();
    }

    @Override
    public Outlet outlet() {
        return outgoing;
    }

    @Override
    public Answer answer() throws IOException {
        long deadline = call.headDeadline();
        while (true) {
            Head head = arrivals.head(deadline, call.limits());
            witness.answered(head);
            if (head.status() == 101) {
                throw new ProtocolException("HTTP/2 switches to nothing");
            }
            if (head.status() >= 200) {
                long length = Framing.length(head, call.method().equals("HEAD"), call.url());
                return new Answer(head, length, new CountedBody(arrivals.body(), length));
            }
        }
    }

    /** A request that was not ended is cancelled, a connection that is left says so. */
    @Override
    public void close() {
        byte[] goodbye = Frame.of(Frame.GOAWAY, 0, 0, Http2Error.NO_ERROR.code());
        byte[] cancel = Frame.of(Frame.RST_STREAM, Frame.STREAM, Http2Error.CANCEL.code());
        boolean whole = outgoing.ended && arrivals.isEnded();
        byte[] last = whole
                ? goodbye
                : ByteBuffer.allocate(goodbye.length + cancel.length)
                        .put(cancel)
                        .put(goodbye)
                        .array();
        writer.close(last);
        window.close(new IOException("the exchange was ended"));
    }

    /** The frames of the request body. */
    private final class Outgoing implements Outlet {
        private volatile boolean ended;

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                int granted = window.take(Math.min(bytes.remaining(), AT_A_TIME));
                writer.write(frames(bytes, granted));
            }
        }

        private ByteBuffer[] frames(ByteBuffer bytes, int count) {
            int most = arrivals.largestFrameThere();
            var frames = new ByteBuffer[2 * ((count + most - 1) / most)];
            int left = count;
            for (int i = 0; i < frames.length; i += 2) {
                int size = Math.min(left, most);
                frames[i] = ByteBuffer.allocate(Frame.HEADER);
                Frame.header(frames[i], size, Frame.DATA, 0, Frame.STREAM);
                frames[i].flip();
                frames[i + 1] = bytes.slice(bytes.position(), size);
                bytes.position(bytes.position() + size);
                left -= size;
            }
            return frames;
        }

        @Override
        public void end() throws IOException {
            writer.write(ByteBuffer.wrap(Frame.of(Frame.DATA, Frame.END_STREAM, Frame.STREAM, new byte[0])));
            ended = true;
        }

        @Override
        public void abort() {
            close();
        }
    }
}

package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of HTTP/2 that sends the frames which the test names, right or wrong, to one client. */
public final class Http2Peer implements AutoCloseable {
    public static final int DATA = Http2Frame.DATA;
    public static final int HEADERS = Http2Frame.HEADERS;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = Http2Frame.RST_STREAM;
    public static final int SETTINGS = Http2Frame.SETTINGS;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = Http2Frame.PING;
    public static final int GOAWAY = Http2Frame.GOAWAY;
    public static final int WINDOW_UPDATE = Http2Frame.WINDOW_UPDATE;
    public static final int CONTINUATION = Http2Frame.CONTINUATION;
    public static final int ACK = 1;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;

    private final EchoServer server;
    private final CompletableFuture<Integer> goodbye = new CompletableFuture<>();

    /** What the server does once the client's preface is there. */
    public interface Script {
        void hold(Frames frames) throws Exception;
    }

    private Http2Peer(@Nullable TlsIdentity identity, Script script) throws IOException {
        EchoServer.Script held = connection -> {
            var frames = new Frames(connection);
            frames.in.skipNBytes(24);
            try {
                script.hold(frames);
            } finally {
                frames.awaitGoodbye();
            }
        };
        server = identity == null ? EchoServer.doing(held) : EchoServer.as(identity, held, "h2");
    }

    /** After its own preface, which says nothing. */
    public static Http2Peer doing(Script script) throws IOException {
        return atOnce(frames -> {
            frames.send(SETTINGS, 0, 0);
            script.hold(frames);
        });
    }

    /** Without a preface of its own. */
    public static Http2Peer atOnce(Script script) throws IOException {
        return new Http2Peer(null, script);
    }

    /** Over TLS, where ALPN leads to nothing else; after its own preface. */
    public static Http2Peer as(TlsIdentity identity, Script script) throws IOException {
        return new Http2Peer(identity, frames -> {
            frames.send(SETTINGS, 0, 0);
            script.hold(frames);
        });
    }

    /** Sends each piece back as it comes. */
    public static void echo(Frames frames) throws IOException {
        frames.head(":status", "200");
        for (ByteBuffer piece = frames.await(DATA); piece.hasRemaining(); piece = frames.await(DATA)) {
            var bytes = new byte[piece.remaining()];
            piece.get(bytes);
            frames.send(DATA, 0, 1, bytes);
        }
        frames.last("");
    }

    public String url() {
        return server.url();
    }

    /** The URL of this server under that scheme. */
    public String url(String scheme) {
        return server.url(scheme);
    }

    /** The error code of the client's GOAWAY, waiting for it; -1 when it left without. */
    public int goodbye() throws Exception {
        return goodbye.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A block of fields, name and value in turn, without indexing and without Huffman coding (RFC 7541 §6.2.2). */
    public static byte[] block(String... fields) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int left = bytes.length;
        block.write(Math.min(left, 127));
        if (left >= 127) {
            for (left -= 127; left >= 128; left >>>= 7) {
                block.write(0x80 | (left & 0x7f));
            }
            block.write(left);
        }
        block.writeBytes(bytes);
    }

    /** The frames of one connection, both ways. */
    public final class Frames {
        private final EchoServer.Connection connection;
        private final DataInputStream in;

        private Frames(EchoServer.Connection connection) {
            this.connection = connection;
            this.in = new DataInputStream(connection.in());
        }

        public void send(int type, int flags, int stream, byte... payload) throws IOException {
            new Http2Frame(type, flags, stream, payload).write(connection.out());
            connection.out().flush();
        }

        /** A frame of numbers of four bytes each. */
        public void sendWords(int type, int stream, int... words) throws IOException {
            Http2Frame.of(type, stream, words).write(connection.out());
            connection.out().flush();
        }

        /** One setting. */
        public void set(int setting, int value) throws IOException {
            byte[] payload = ByteBuffer.allocate(6)
                    .putShort((short) setting)
                    .putInt(value)
                    .array();
            send(SETTINGS, 0, 0, payload);
        }

        /** A whole head that more follows. */
        public void head(String... fields) throws IOException {
            send(HEADERS, END_HEADERS, 1, block(fields));
        }

        /** A part of the body. */
        public void data(String text) throws IOException {
            send(DATA, 0, 1, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** The last part of the body. */
        public void last(String text) throws IOException {
            send(DATA, END_STREAM, 1, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public void raw(String text) throws IOException {
            connection.write(text);
        }

        /** Sends no more, and can still read. */
        public void finish() throws IOException {
            connection.finish();
        }

        /** Reads on until the client has gone. */
        public void drain() throws IOException {
            long _ = in.transferTo(OutputStream.nullOutputStream());
        }

        /** Ends the connection. */
        public void leave() throws IOException {
            connection.in().close();
        }

        /** Reads frames up to one of that type, and gives its payload. */
        public ByteBuffer await(int type) throws IOException {
            while (true) {
                Http2Frame frame = Http2Frame.read(in);
                if (frame.type() == GOAWAY) {
                    goodbye.complete(frame.payload().getInt(4));
                }
                if (frame.type() == type && (type == DATA || !frame.has(ACK))) {
                    return frame.payload();
                }
            }
        }

        /** Reads frames up to the answer to a ping, and gives its payload. */
        public byte[] awaitAnswer() throws IOException {
            Http2Frame frame;
            do {
                frame = Http2Frame.read(in);
            } while (frame.type() != PING || !frame.has(ACK));
            return frame.payload().array();
        }

        private void awaitGoodbye() {
            try {
                while (true) {
                    await(-1);
                }
            } catch (IOException e) {
                goodbye.complete(-1);
            }
        }
    }
}

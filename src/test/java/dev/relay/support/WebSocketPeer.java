package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's side of a WebSocket (RFC 6455), frame by frame: as honest, or as hostile, as a test wants it. */
public final class WebSocketPeer {
    private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (\\S+)\r\n");

    private final EchoServer.Connection connection;
    private final String head;

    /** A frame from the client. */
    public static final class Frame {
        private final int first;
        private final int key;
        private final byte[] payload;

        Frame(int first, int key, byte[] payload) {
            this.first = first;
            this.key = key;
            this.payload = payload;
        }

        /** The byte with the FIN bit and the opcode. */
        public int first() {
            return first;
        }

        public int key() {
            return key;
        }

        public byte[] payload() {
            return payload.clone();
        }

        public boolean isLast() {
            return first >= 0x80;
        }

        public int opcode() {
            return first & 0x0F;
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a Close; 1005 for none. */
        public int code() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
    }

    private WebSocketPeer(EchoServer.Connection connection, String head) {
        this.connection = connection;
        this.head = head;
    }

    /** Reads the handshake and answers it as RFC 6455 wants it. */
    public static WebSocketPeer greet(EchoServer.Connection connection, String... fields) throws Exception {
        String head = connection.readHead();
        connection.write(answer(head, fields));
        return new WebSocketPeer(connection, head);
    }

    /** The answer to a handshake, with more fields, which end with CRLF. */
    public static String answer(String head, String... fields) throws GeneralSecurityException {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(head) + "\r\n" + String.join("", fields) + "\r\n";
    }

    /** What proves that the handshake was understood. */
    public static String accept(String head) throws GeneralSecurityException {
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new AssertionError("no key in " + head);
        }
        String proven = key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(proven.getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(digest);
    }

    /** Sends every message back as it came, fragment by fragment, and answers the Close. */
    public static void echo(EchoServer.Connection connection) throws Exception {
        WebSocketPeer peer = greet(connection);
        for (Frame frame = peer.read(); ; frame = peer.read()) {
            peer.send(frame.first(), frame.payload());
            if (frame.opcode() == 8) {
                return;
            }
        }
    }

    public String head() {
        return head;
    }

    /** The next frame, unmasked. */
    public Frame read() throws IOException {
        int first = one();
        int second = one();
        if (second < 0x80) {
            throw new AssertionError("a client's frame that is not masked");
        }
        long length = second & 0x7F;
        if (length == 126) {
            length = ByteBuffer.wrap(many(2)).getShort() & 0xFFFF;
        } else if (length == 127) {
            length = ByteBuffer.wrap(many(8)).getLong();
        }
        byte[] key = many(4);
        byte[] payload = many((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i % 4];
        }
        return new Frame(first, ByteBuffer.wrap(key).getInt(), payload);
    }

    /** The next message, its fragments joined; pings and pongs are passed over. */
    public String readMessage() throws IOException {
        var message = new ByteArrayOutputStream();
        while (true) {
            Frame frame = read();
            if (frame.opcode() == 8) {
                throw new EOFException("a Close instead of a message");
            }
            if (frame.opcode() < 8) {
                message.writeBytes(frame.payload());
                if (frame.isLast()) {
                    return message.toString(StandardCharsets.UTF_8);
                }
            }
        }
    }

    /** The Close, whatever comes before it. */
    public Frame readClose() throws IOException {
        Frame frame = read();
        while (frame.opcode() != 8) {
            frame = read();
        }
        return frame;
    }

    private int one() throws IOException {
        int value = connection.in().read();
        if (value < 0) {
            throw new EOFException("the client has gone");
        }
        return value;
    }

    private byte[] many(int count) throws IOException {
        byte[] bytes = connection.in().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the client has gone");
        }
        return bytes;
    }

    /** Sends a frame whose first byte is that, its length written as short as it can be. */
    public void send(int first, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        connection.write(bytes);
    }

    public void sendText(String text) throws IOException {
        send(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends these bytes, written in hexadecimal digits, whatever they mean. */
    public void sendBytes(String hex) throws IOException {
        connection.write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    public void sendClose(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        send(
                0x88,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Answers the client's Close with the same code: the end of an orderly conversation. */
    public Frame close() throws IOException {
        Frame close = readClose();
        send(0x88, close.payload());
        return close;
    }
}

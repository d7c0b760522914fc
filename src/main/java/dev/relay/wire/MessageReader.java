package dev.relay.wire;

import dev.relay.http.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of HTTP/1.1 messages (RFC 9112 §2 to §5). What could be read in two ways is refused: a line without its
 * CR, a folded field, white space before a colon, a control character; the other side of a proxy may read it otherwise.
 */
public final class MessageReader {
    private final Inlet inlet;
    private final Limits limits;

    /**
     * How much of a head is read before it counts as too large.
     *
     * @param line the longest line, in bytes
     * @param fields the most fields
     * @param total the largest head, in bytes
     */
    public record Limits(int line, int fields, int total) {
        /** What servers are granted: as much as curl takes (300 KiB). */
        public static final Limits OF_RESPONSES = new Limits(100 * 1024, 1000, 300 * 1024);
        /** What clients are granted. */
        public static final Limits OF_REQUESTS = new Limits(8 * 1024, 100, 64 * 1024);
    }

    /** A head as it was received: its first line, and its fields in order. */
    public record RawHead(String startLine, Headers fields) {}

    /** The head is larger than the limits allow. */
    public static final class TooLargeException extends ProtocolException {
        private static final long serialVersionUID = 1L;
        private final boolean startLine;

        TooLargeException(String message, boolean startLine) {
            super(message);
            this.startLine = startLine;
        }

        /** Whether it was the first line, the one with the target, that was too long. */
        public boolean isStartLine() {
            return startLine;
        }
    }

    public MessageReader(Inlet inlet, Limits limits) {
        this.inlet = inlet;
        this.limits = limits;
    }

    /**
     * Reads a head.
     *
     * @param deadline until when all of it must be there, as {@link System#nanoTime} has it
     * @return null when the other side ended before its first byte
     * @throws EOFException when it ended in the middle
     * @throws ProtocolException when it is malformed
     * @throws java.net.SocketTimeoutException when the deadline passed
     */
    public @Nullable RawHead read(long deadline) throws IOException {
        int first = inlet.nextOrEnd(deadline);
        // A CRLF too many after the body before (RFC 9112 §2.2).
        while (first == '\r' || first == '\n') {
            first = inlet.nextOrEnd(deadline);
        }
        if (first < 0) {
            return null;
        }
        var size = new int[] {0};
        String startLine = line(first, deadline, size, true);
        return new RawHead(startLine, fields(deadline, size));
    }

    /** Reads fields up to the empty line behind them: the rest of a head, or the trailers of a body. */
    Headers fields(long deadline) throws IOException {
        return fields(deadline, new int[] {0});
    }

    private Headers fields(long deadline, int[] size) throws IOException {
        var fields = new ArrayList<Headers.Field>();
        while (true) {
            String line = line(inlet.next(deadline), deadline, size, false);
            if (line.isEmpty()) {
                return new Headers(fields);
            }
            if (fields.size() == limits.fields()) {
                throw new TooLargeException("more than " + limits.fields() + " header fields", false);
            }
            fields.add(field(line));
        }
    }

    private static Headers.Field field(String line) throws ProtocolException {
        if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            throw new ProtocolException("a folded header field");
        }
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new ProtocolException("a header field without a name");
        }
        String name = line.substring(0, colon);
        for (int i = 0; i < name.length(); i++) {
            if (!isTokenCharacter(name.charAt(i))) {
                throw new ProtocolException("a header field whose name is no token");
            }
        }
        return new Headers.Field(name, trimmed(line, colon + 1));
    }

    private static String trimmed(String line, int start) {
        int from = start;
        int to = line.length();
        while (from < to && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        while (to > from && (line.charAt(to - 1) == ' ' || line.charAt(to - 1) == '\t')) {
            to--;
        }
        return line.substring(from, to);
    }

    /** RFC 9110 §5.6.2. */
    static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** A line without its CRLF. Bytes become the characters of ISO 8859-1, so that they can be had back. */
    private String line(int first, long deadline, int[] size, boolean start) throws IOException {
        byte[] bytes = new byte[128];
        int count = 0;
        for (int c = first; ; c = inlet.next(deadline)) {
            if (c == '\r') {
                if (inlet.next(deadline) != '\n') {
                    throw new ProtocolException("a CR without its LF");
                }
                size[0] += count + 2;
                if (size[0] > limits.total()) {
                    throw new TooLargeException("a head of more than " + limits.total() + " bytes", false);
                }
                return new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
            }
            if (c == '\n') {
                throw new ProtocolException("a line that ends without CR");
            }
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                throw new ProtocolException("a control character in a head");
            }
            if (count == limits.line()) {
                throw new TooLargeException("a line of more than " + limits.line() + " bytes", start);
            }
            if (count == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, count * 2);
            }
            bytes[count++] = (byte) c;
        }
    }
}

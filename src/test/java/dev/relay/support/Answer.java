package dev.relay.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scripted server sends for one request: a head, verbatim, a body, and how it goes wrong. Every method gives a
 * changed copy. The same answer can be sent over HTTP/1.1 and HTTP/2.
 */
public final class Answer {
    /** How the end of the body is told. */
    enum Framing {
        /** By a Content-Length. */
        LENGTH,
        /** By chunked coding. */
        CHUNKED,
        /** By the end of the connection. */
        CLOSE,
        /** By nothing that is added: head and body are sent as they are written. */
        VERBATIM
    }

    /** How a connection or stream breaks. */
    public enum Cut {
        /** The server closes: FIN, over TLS without a close_notify. */
        FIN,
        /** The connection is reset: RST. */
        RESET,
        /** The stream alone is reset: RST_STREAM (HTTP/2; over HTTP/1.1 the same as RESET). */
        RESET_STREAM,
        /** The stream is reset as one that was never looked at, which may be sent again (HTTP/2; else as RESET). */
        REFUSE_STREAM,
        /** The server says goodbye and closes: GOAWAY, then FIN (HTTP/2; over HTTP/1.1 the same as FIN). */
        GOAWAY
    }

    /** A stop in the middle of the body. */
    record Pause(long after, Gate gate) {}

    /** The end of a body that does not end as it should. */
    record Break(long after, Cut cut) {}

    List<String> interims = List.of();
    String statusLine = "HTTP/1.1 200 OK";
    List<String> lines = List.of();
    Content body = Content.of("");
    Framing framing = Framing.LENGTH;

    @Nullable
    Long declared;

    int piece = 16 * 1024;
    boolean flushed;
    List<Pause> pauses = List.of();

    @Nullable
    Break breaks;

    @Nullable
    Gate beforeHead;

    List<String> trailers = List.of();
    boolean closes;
    boolean early;
    boolean headless;
    boolean flooding;

    private Answer() {}

    private Answer(Answer other) {
        interims = other.interims;
        statusLine = other.statusLine;
        lines = other.lines;
        body = other.body;
        framing = other.framing;
        declared = other.declared;
        piece = other.piece;
        flushed = other.flushed;
        pauses = other.pauses;
        breaks = other.breaks;
        beforeHead = other.beforeHead;
        trailers = other.trailers;
        closes = other.closes;
        early = other.early;
        headless = other.headless;
        flooding = other.flooding;
    }

    /** 200 with that body and its Content-Length. */
    public static Answer ok(String body) {
        return new Answer().body(body);
    }

    /** That status, with an empty body where the status may have one. */
    public static Answer status(int status) {
        var answer = new Answer().statusLine("HTTP/1.1 " + status + " Scripted");
        return status == 204 || status == 304 ? answer.verbatim() : answer;
    }

    /** A redirect to that Location, as written. */
    public static Answer redirect(int status, String location) {
        return status(status).line("Location: " + location);
    }

    /** These bytes and nothing else, then the end of the connection. */
    public static Answer raw(String latin1) {
        var answer = new Answer().body(Content.of(latin1.getBytes(StandardCharsets.ISO_8859_1)));
        answer.headless = true;
        answer.closes = true;
        return answer.verbatim();
    }

    /** The connection ends without a byte. */
    public static Answer nothing() {
        return raw("");
    }

    /** The connection is reset without a byte. */
    public static Answer reset() {
        return raw("").resetAfter(0);
    }

    /** Nothing comes, and the connection stays. */
    public static Answer silence() {
        return new Answer().beforeHead(new Gate());
    }

    public Answer statusLine(String verbatim) {
        var changed = new Answer(this);
        changed.statusLine = verbatim;
        return changed;
    }

    /** One more header line, verbatim. */
    public Answer line(String verbatim) {
        var changed = new Answer(this);
        changed.lines = with(lines, verbatim);
        return changed;
    }

    /** A response head that goes first, verbatim, each line without its end: {@code "HTTP/1.1 103 Early Hints"}. */
    public Answer interim(String... head) {
        var changed = new Answer(this);
        changed.interims = with(interims, String.join("\r\n", head) + "\r\n\r\n");
        return changed;
    }

    public Answer body(Content content) {
        var changed = new Answer(this);
        changed.body = content;
        return changed;
    }

    public Answer body(String text) {
        return body(Content.of(text));
    }

    /** The length that the head claims, whatever the body has. */
    public Answer declaring(long length) {
        var changed = framing(Framing.LENGTH);
        changed.declared = length;
        return changed;
    }

    /** The body ends in order after so many bytes; a length in the head stays what it was. */
    public Answer shortenedTo(long bytes) {
        long length = body.length();
        var changed = body(body.slice(0, Math.min(bytes, length)));
        return framing == Framing.LENGTH ? changed.declaring(declared == null ? length : declared) : changed;
    }

    public Answer chunked() {
        return framing(Framing.CHUNKED);
    }

    /** Fields after a chunked body. */
    public Answer trailer(String verbatim) {
        var changed = framing(Framing.CHUNKED);
        changed.trailers = with(trailers, verbatim);
        return changed;
    }

    /** The body ends with the connection. */
    public Answer untilClose() {
        var changed = framing(Framing.CLOSE);
        changed.closes = true;
        return changed;
    }

    /** Nothing is added to the head, and nothing frames the body. */
    public Answer verbatim() {
        return framing(Framing.VERBATIM);
    }

    private Answer framing(Framing how) {
        var changed = new Answer(this);
        changed.framing = how;
        return changed;
    }

    /** Each write, and each chunk or DATA frame, has so many bytes, and is sent at once. */
    public Answer inPiecesOf(int bytes) {
        var changed = new Answer(this);
        changed.piece = bytes;
        changed.flushed = true;
        return changed;
    }

    /** After so many bytes of the body, what came before is sent, and the rest waits for the gate. */
    public Answer pauseAfter(long bytes, Gate gate) {
        var changed = new Answer(this);
        changed.pauses = with(pauses, new Pause(bytes, gate));
        return changed;
    }

    /** Not even the head is sent before the gate is open. */
    public Answer beforeHead(Gate gate) {
        var changed = new Answer(this);
        changed.beforeHead = gate;
        return changed;
    }

    /** After so many bytes of the body, the server closes. */
    public Answer cutAfter(long bytes) {
        return cutAfter(bytes, Cut.FIN);
    }

    /** After so many bytes of the body, the connection is reset. */
    public Answer resetAfter(long bytes) {
        return cutAfter(bytes, Cut.RESET);
    }

    public Answer cutAfter(long bytes, Cut how) {
        var changed = new Answer(this);
        changed.breaks = new Break(bytes, how);
        return changed;
    }

    /** The connection ends after the answer. */
    public Answer closing() {
        var changed = new Answer(this);
        changed.closes = true;
        return changed;
    }

    /** The answer does not wait for the request body. */
    public Answer early() {
        var changed = new Answer(this);
        changed.early = true;
        return changed;
    }

    /** Over HTTP/2, the receiver's flow control is ignored. */
    public Answer flooding() {
        var changed = new Answer(this);
        changed.flooding = true;
        return changed;
    }

    /** The status code of its status line. */
    public int status() {
        return Integer.parseInt(statusLine.split(" ", 3)[1]);
    }

    /** The value of the first header line of that name, or null; not of those that the framing adds. */
    public @Nullable String header(String name) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon >= 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return null;
    }

    /** How many bytes its body has when nothing goes wrong. */
    public long length() {
        return body.length();
    }

    private static <T> List<T> with(List<T> list, T added) {
        var longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }
}

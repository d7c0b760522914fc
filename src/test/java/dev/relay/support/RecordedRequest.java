package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as it arrived, byte for byte; its body may still be arriving. */
public final class RecordedRequest {
    private final int number;
    private final int connection;
    private final byte[] head;
    private final String requestLine;
    private final List<String> headerLines;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean bodyEnded;
    private boolean bodyCut;
    private boolean abandoned;

    /**
     * @param number of the request at this server, from 0
     * @param connection the number of the connection it came on, from 0
     * @param head the bytes up to the body; for HTTP/2 the header block
     */
    RecordedRequest(int number, int connection, byte[] head, String requestLine, List<String> headerLines) {
        this.number = number;
        this.connection = connection;
        this.head = head;
        this.requestLine = requestLine;
        this.headerLines = List.copyOf(headerLines);
    }

    public int number() {
        return number;
    }

    public int connection() {
        return connection;
    }

    /** The head, byte for byte. */
    public byte[] head() {
        return head.clone();
    }

    /** The head in Latin-1; for HTTP/2 as HTTP/1.1 would have it. */
    public String headText() {
        return requestLine + "\r\n" + String.join("\r\n", headerLines) + "\r\n\r\n";
    }

    public String method() {
        return requestLine.substring(0, requestLine.indexOf(' '));
    }

    /** The request target, as it was sent. */
    public String target() {
        return requestLine.substring(requestLine.indexOf(' ') + 1, requestLine.lastIndexOf(' '));
    }

    public String version() {
        return requestLine.substring(requestLine.lastIndexOf(' ') + 1);
    }

    /** The header lines, in order, as they were sent. */
    public List<String> headerLines() {
        return headerLines;
    }

    /** The value of the first header of that name, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Every value of that header, a line each. */
    public List<String> headers(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        var values = new ArrayList<String>();
        for (String line : headerLines) {
            if (line.toLowerCase(Locale.ROOT).startsWith(start)) {
                values.add(line.substring(start.length()).strip());
            }
        }
        return values;
    }

    /** The body, once all of it is here; what came when the client went away in the middle. */
    public synchronized byte[] body() {
        Patience.await(this, "the end of the request body", () -> bodyEnded);
        return body.toByteArray();
    }

    public String bodyText() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /** Whether the body ended before its end was told. */
    public synchronized boolean bodyWasCut() {
        Patience.await(this, "the end of the request body", () -> bodyEnded);
        return bodyCut;
    }

    /** Whether its body has come to an end, or been cut, by now. */
    synchronized boolean hasEnded() {
        return bodyEnded;
    }

    /** Returns once that many bytes of the body are here. */
    public synchronized byte[] awaitBody(int bytes) {
        Patience.await(this, bytes + " bytes of the request body", () -> bodyEnded || body.size() >= bytes);
        return body.toByteArray();
    }

    /** Returns once the client has given this request up or closed its connection: by FIN, RST or RST_STREAM. */
    public synchronized void awaitAbandonment() {
        Patience.await(this, "the client to leave " + this, () -> abandoned);
    }

    public synchronized boolean isAbandoned() {
        return abandoned;
    }

    synchronized void abandoned() {
        abandoned = true;
        notifyAll();
    }

    synchronized void received(byte[] bytes, int offset, int count) {
        body.write(bytes, offset, count);
        notifyAll();
    }

    /** The first end counts. */
    synchronized void ended(boolean cut) {
        bodyCut = bodyEnded ? bodyCut : cut;
        bodyEnded = true;
        notifyAll();
    }

    @Override
    public String toString() {
        return "request " + number + ": " + requestLine;
    }
}

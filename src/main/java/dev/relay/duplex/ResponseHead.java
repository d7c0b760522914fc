package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.io.Patience;
import dev.relay.plan.Limits;
import dev.relay.wire.MessageReader;
import dev.relay.wire.MessageReader.RawHead;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The head of a response as HTTP/1.1 writes it (RFC 9112 §4). */
public final class ResponseHead {
    private ResponseHead() {}

    /**
     * Reads the next one.
     *
     * @throws Severed.UnansweredException when the connection ends before it
     */
    public static Head read(MessageReader reader, long deadline, Limits limits) throws IOException {
        RawHead raw;
        try {
            raw = reader.read(deadline);
        } catch (SocketTimeoutException e) {
            SocketTimeoutException late = late(limits);
            late.initCause(e);
            throw late;
        }
        if (raw == null) {
            throw new Severed.UnansweredException();
        }
        return head(raw);
    }

    /** No head came within the limit. */
    static SocketTimeoutException late(Limits limits) {
        Duration limit = limits.firstByte() == null ? limits.idle() : limits.firstByte();
        return new SocketTimeoutException("no answer for " + Patience.text(limit == null ? Duration.ZERO : limit));
    }

    private static Head head(RawHead raw) throws ProtocolException {
        String line = raw.startLine();
        if (line.startsWith("HTTP/1.0 ")) {
            return new Head("HTTP/1.0", status(line), raw.fields());
        }
        if (line.length() < 12 || !line.startsWith("HTTP/1.") || line.charAt(8) != ' ' || !isDigit(line.charAt(7))) {
            throw new ProtocolException("it does not begin with a status line");
        }
        return new Head("HTTP/1.1", status(line), raw.fields());
    }

    private static int status(String line) throws ProtocolException {
        int status = 0;
        for (int at = 9; at < 12; at++) {
            if (at >= line.length() || !isDigit(line.charAt(at))) {
                throw new ProtocolException("its status is no number");
            }
            status = status * 10 + line.charAt(at) - '0';
        }
        if (status < 100 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new ProtocolException("its status is no number from 100 to 999");
        }
        return status;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

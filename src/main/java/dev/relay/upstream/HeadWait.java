package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.io.Patience;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.MessageReader;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The wait for the head of an answer, while the body may still be on its way. */
final class HeadWait {
    private final Inlet inlet;
    private final MessageReader reader;
    private final @Nullable Upload upload;
    private final long limit;
    private final long start = System.nanoTime();
    private final long thinking;
    private final @Nullable Duration within;

    HeadWait(Inlet inlet, @Nullable Upload upload, long limit, @Nullable Duration within, long thinking) {
        this.inlet = inlet;
        this.reader = new MessageReader(inlet, MessageReader.Limits.OF_RESPONSES);
        this.upload = upload;
        this.limit = limit;
        this.within = within;
        this.thinking = thinking;
    }

    /** The first head that is final (RFC 9110 §15.2). */
    Head head() throws IOException {
        if (upload != null && thinking == 0) {
            upload.start();
        }
        while (true) {
            if (upload != null && !upload.isStarted()) {
                long left = thinking - (System.nanoTime() - start);
                if (!inlet.comes(Math.max(0, left))) {
                    upload.start();
                }
            }
            await();
            Head head = last();
            if (head.status() >= 200) {
                return head;
            }
            if (head.status() == 101) {
                throw new ProtocolException("an upgrade that nobody asked for");
            }
            if (head.status() == 100 && upload != null) {
                upload.start();
            }
        }
    }

    /** Returns when something has come. Nothing counts against the server while it is being sent the body. */
    private void await() throws IOException {
        long left = left();
        while (!inlet.comes(left)) {
            left = left();
            if (left <= 0) {
                throw timeout(null);
            }
        }
    }

    private SocketTimeoutException timeout(@Nullable Exception cause) {
        Duration passed = Duration.ofNanos(System.nanoTime() - start);
        Duration told = within != null && passed.compareTo(within) >= 0 ? within : Duration.ofNanos(limit);
        var timeout = new SocketTimeoutException("no answer for " + Patience.text(told));
        timeout.initCause(cause);
        return timeout;
    }

    private long left() {
        long now = System.nanoTime();
        long since = upload == null || !upload.isStarted() ? start : upload.isSending() ? now : upload.endedAt();
        long usual = limit == Line.FOR_EVER ? Line.FOR_EVER : limit - (now - since);
        return within == null ? usual : Math.min(usual, within.toNanos() - (now - start));
    }

    /** A head that is there, or on its way. */
    Head last() throws IOException {
        long deadline = limit == Line.FOR_EVER ? Line.FOR_EVER : System.nanoTime() + limit;
        MessageReader.RawHead raw;
        try {
            raw = reader.read(deadline);
        } catch (SocketTimeoutException e) {
            throw timeout(e);
        }
        if (raw == null) {
            throw new NoAnswerException();
        }
        return new Head(version(raw.startLine()), status(raw.startLine()), raw.fields());
    }

    private static String version(String line) throws ProtocolException {
        boolean one = line.startsWith("HTTP/1.") && line.length() > 8 && Character.isDigit(line.charAt(7));
        if (!one || line.charAt(8) != ' ') {
            throw new ProtocolException("the status line is none");
        }
        return line.substring(0, 8);
    }

    private static int status(String line) throws ProtocolException {
        boolean three = line.length() == 12 || (line.length() > 12 && line.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; three && i < 12; i++) {
            char c = line.charAt(i);
            three = c >= '0' && c <= '9';
            status = status * 10 + c - '0';
        }
        if (!three || status < 100) {
            throw new ProtocolException("the status code is none");
        }
        return status;
    }

    /** The connection ended in order before the first byte of an answer. */
    static final class NoAnswerException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}

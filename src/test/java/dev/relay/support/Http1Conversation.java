package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * HTTP/1.1 on one connection: one thread reads, so that a client that leaves is noticed whatever the other thread,
 * which answers, is waiting for.
 */
final class Http1Conversation {
    private static final int LONGEST_HEAD = 1 << 20;

    private final Reception reception;
    private final Function<RecordedRequest, Answer> script;
    private final Wire wire;
    private final boolean upgrades;
    private final BlockingQueue<RecordedRequest> waiting = new LinkedBlockingQueue<>();

    /** @param upgrades whether a request for it turns the connection into one of HTTP/2 */
    Http1Conversation(Reception reception, Function<RecordedRequest, Answer> script, Wire wire, boolean upgrades) {
        this.upgrades = upgrades;
        this.reception = reception;
        this.script = script;
        this.wire = wire;
    }

    void hold() throws IOException {
        reception.start("answers on connection " + wire.number(), this::answer);
        try {
            while (read()) {}
        } finally {
            wire.left();
            reception.requests().stream()
                    .filter(request -> request.connection() == wire.number())
                    .forEach(RecordedRequest::abandoned);
        }
    }

    private boolean read() throws IOException {
        byte[] head = head();
        if (head.length == 0) {
            return false;
        }
        List<String> lines = new String(head, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
        var request = reception.record(wire, head, lines.getFirst(), lines.subList(1, lines.size()));
        if (upgrades && "h2c".equals(request.header("Upgrade"))) {
            request.ended(false);
            new Http2Conversation(reception, script, wire).holdUpgraded(request);
            return false;
        }
        waiting.add(request);
        boolean whole = false;
        try {
            body(request);
            whole = true;
        } finally {
            request.ended(!whole);
        }
        return true;
    }

    private byte[] head() throws IOException {
        var head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int next = wire.in().read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            last = last << 8 | next;
            if (head.size() > LONGEST_HEAD) {
                throw new IOException("a request head without an end");
            }
        }
        return head.toByteArray();
    }

    private void body(RecordedRequest request) throws IOException {
        String coding = request.header("Transfer-Encoding");
        String length = request.header("Content-Length");
        if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            for (long size = chunkSize(); size > 0; size = chunkSize()) {
                transfer(request, size);
                line();
            }
            while (!line().isEmpty()) {}
        } else if (length != null) {
            transfer(request, Long.parseLong(length));
        }
    }

    private long chunkSize() throws IOException {
        return Long.parseLong(line().split(";", -1)[0].strip(), 16);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = wire.in().read(); next != '\n'; next = wire.in().read()) {
            if (next < 0) {
                throw new EOFException("the client left in a chunk");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private void transfer(RecordedRequest request, long count) throws IOException {
        InputStream in = wire.in();
        byte[] buffer = new byte[16 * 1024];
        for (long left = count; left > 0; ) {
            int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (got < 0) {
                throw new EOFException("the client left in its body");
            }
            request.received(buffer, 0, got);
            left -= got;
        }
    }

    private void answer() throws IOException, InterruptedException {
        boolean open = true;
        while (open) {
            RecordedRequest request = waiting.take();
            try {
                open = send(request, script.apply(request));
            } catch (RuntimeException | Error e) {
                wire.close();
                throw e;
            }
        }
    }

    /** Sends the answer; false when the connection ended with it. */
    private boolean send(RecordedRequest request, Answer answer) throws IOException, InterruptedException {
        if (!answer.early && !answer.headless) {
            request.bodyWasCut();
        }
        if (answer.beforeHead != null) {
            answer.beforeHead.pass();
        }
        OutputStream out = wire.out();
        if (!answer.headless) {
            out.write(head(answer).getBytes(StandardCharsets.ISO_8859_1));
        }
        if (request.method().equals("HEAD")) {
            out.flush();
            return true;
        }
        var outlet = new Http1Outlet(wire, answer);
        new Pacing(answer, outlet, reception).send();
        return outlet.isOpen();
    }

    private static String head(Answer answer) {
        var head = new StringBuilder();
        answer.interims.forEach(head::append);
        head.append(answer.statusLine).append("\r\n");
        answer.lines.forEach(line -> head.append(line).append("\r\n"));
        switch (answer.framing) {
            case LENGTH ->
                head.append("Content-Length: ")
                        .append(answer.declared == null ? answer.body.length() : answer.declared)
                        .append("\r\n");
            case CHUNKED -> head.append("Transfer-Encoding: chunked\r\n");
            case CLOSE -> head.append("Connection: close\r\n");
            case VERBATIM -> {}
        }
        return head.append("\r\n").toString();
    }
}

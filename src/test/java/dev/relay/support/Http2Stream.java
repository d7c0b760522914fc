package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The answer to one request over HTTP/2. */
final class Http2Stream implements Pacing.Outlet {
    private static final int LONGEST_FRAME = 16_384;
    private static final int INTERNAL_ERROR = 2;
    private static final int NO_ERROR = 0;
    private static final int REFUSED_STREAM = 7;

    private final int id;
    private final RecordedRequest request;
    private final Http2Conversation conversation;
    private final Http2Windows windows;
    private final Wire wire;
    private Answer answer = Answer.nothing();

    Http2Stream(int id, RecordedRequest request, Http2Conversation conversation, Http2Windows windows, Wire wire) {
        this.id = id;
        this.request = request;
        this.conversation = conversation;
        this.windows = windows;
        this.wire = wire;
    }

    RecordedRequest request() {
        return request;
    }

    void answer(Function<RecordedRequest, Answer> script, Reception reception)
            throws IOException, InterruptedException {
        try {
            answer = script.apply(request);
        } catch (RuntimeException | Error e) {
            wire.close();
            throw e;
        }
        if (!answer.early && !answer.headless) {
            request.bodyWasCut();
        }
        if (answer.beforeHead != null) {
            answer.beforeHead.pass();
        }
        if (answer.headless) {
            new Pacing(answer, new Http1Outlet(wire, answer), reception).send();
            return;
        }
        for (String interim : answer.interims) {
            List<String> lines = interim.lines().filter(line -> !line.isEmpty()).toList();
            head(lines.getFirst(), lines.subList(1, lines.size()), false);
        }
        boolean bodiless = request.method().equals("HEAD")
                || (answer.framing == Answer.Framing.VERBATIM && answer.body.length() == 0 && answer.breaks == null);
        head(answer.statusLine, answer.lines, bodiless);
        if (!bodiless) {
            new Pacing(answer, this, reception).send();
        }
    }

    private void head(String statusLine, List<String> lines, boolean last) throws IOException {
        var block = new ByteArrayOutputStream();
        literal(block, ":status", statusLine.split(" ", -1)[1]);
        lines.forEach(line -> literal(block, line));
        if (answer.framing == Answer.Framing.LENGTH && !statusLine.contains(" 1")) {
            long length = answer.declared == null ? answer.body.length() : answer.declared;
            literal(block, "content-length", Long.toString(length));
        }
        headers(block, last);
    }

    private void headers(ByteArrayOutputStream block, boolean last) throws IOException {
        int flags = Http2Frame.END_HEADERS | (last ? Http2Frame.END_STREAM : 0);
        conversation.write(new Http2Frame(Http2Frame.HEADERS, flags, id, block.toByteArray()));
    }

    private static void literal(ByteArrayOutputStream block, String line) {
        int colon = line.indexOf(':');
        literal(
                block,
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip());
    }

    /** A literal field without indexing and without Huffman coding (RFC 7541 §6.2.2): nothing to get wrong. */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        string(block, name);
        string(block, value);
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

    @Override
    public void send(byte[] bytes, int count, int promised) throws IOException, InterruptedException {
        for (int sent = 0; sent < count; ) {
            int wanted = Math.min(count - sent, LONGEST_FRAME);
            int size = answer.flooding ? wanted : windows.take(id, wanted);
            byte[] part = Arrays.copyOfRange(bytes, sent, sent + size);
            conversation.write(new Http2Frame(Http2Frame.DATA, 0, id, part));
            sent += size;
        }
    }

    @Override
    public void flush() {
        // Each frame was flushed.
    }

    @Override
    public void end() throws IOException {
        if (answer.trailers.isEmpty()) {
            conversation.write(new Http2Frame(Http2Frame.DATA, Http2Frame.END_STREAM, id));
        } else {
            var block = new ByteArrayOutputStream();
            answer.trailers.forEach(line -> literal(block, line));
            headers(block, true);
        }
        if (answer.early && !request.hasEnded()) {
            // RFC 9113 §8.1: the rest of the request is not wanted, and the answer is whole all the same.
            conversation.write(Http2Frame.of(Http2Frame.RST_STREAM, id, NO_ERROR));
        }
        if (answer.closes) {
            goAway();
        }
    }

    private void goAway() throws IOException {
        conversation.write(Http2Frame.of(Http2Frame.GOAWAY, 0, id, 0));
        wire.finish();
    }

    @Override
    public void cut(Answer.Cut how) throws IOException {
        switch (how) {
            case FIN -> wire.cut();
            case RESET -> wire.reset();
            case RESET_STREAM -> conversation.write(Http2Frame.of(Http2Frame.RST_STREAM, id, INTERNAL_ERROR));
            case REFUSE_STREAM -> conversation.write(Http2Frame.of(Http2Frame.RST_STREAM, id, REFUSED_STREAM));
            case GOAWAY -> goAway();
        }
    }
}

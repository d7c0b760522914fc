package dev.relay.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body over HTTP/1.1. */
final class Http1Outlet implements Pacing.Outlet {
    private final Wire wire;
    private final Answer answer;
    private boolean open = true;

    Http1Outlet(Wire wire, Answer answer) {
        this.wire = wire;
        this.answer = answer;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public void send(byte[] bytes, int count, int promised) throws IOException {
        boolean chunked = answer.framing == Answer.Framing.CHUNKED;
        if (chunked) {
            text(Integer.toHexString(promised) + "\r\n");
        }
        wire.out().write(Arrays.copyOf(bytes, count));
        if (chunked && count == promised) {
            text("\r\n");
        }
    }

    private void text(String latin1) throws IOException {
        wire.out().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void flush() throws IOException {
        wire.out().flush();
    }

    @Override
    public void end() throws IOException {
        if (answer.framing == Answer.Framing.CHUNKED) {
            text("0\r\n");
            for (String trailer : answer.trailers) {
                text(trailer + "\r\n");
            }
            text("\r\n");
        }
        flush();
        if (answer.closes) {
            wire.finish();
            open = false;
        }
    }

    @Override
    public void cut(Answer.Cut how) throws IOException {
        open = false;
        switch (how) {
            case FIN, GOAWAY -> wire.cut();
            case RESET, RESET_STREAM, REFUSE_STREAM -> wire.reset();
        }
    }
}

package dev.relay.io.body;

import dev.relay.http.FormEncoding;
import dev.relay.plan.Body;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What becomes of the bytes of a file on their way into a body; each byte by itself, so that it can be done as they pass. */
final class Treating {
    private Treating() {}

    /** The buffer's bytes, treated; the buffer itself when nothing is to be done. It may be empty where the buffer is not. */
    static ByteBuffer of(Body.Treatment treatment, ByteBuffer bytes) {
        return switch (treatment) {
            case AS_IS -> bytes;
            case WITHOUT_LINE_BREAKS -> withoutLineBreaks(bytes);
            case FORM_ENCODED -> encoded(bytes);
        };
    }

    private static ByteBuffer withoutLineBreaks(ByteBuffer bytes) {
        ByteBuffer kept = bytes.duplicate();
        kept.limit(kept.capacity());
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b != '\r' && b != '\n' && b != 0) {
                kept.put(b);
            }
        }
        int end = kept.position();
        return kept.position(start).limit(end);
    }

    private static ByteBuffer encoded(ByteBuffer bytes) {
        var text = new StringBuilder(bytes.remaining() * FormEncoding.LONGEST);
        while (bytes.hasRemaining()) {
            FormEncoding.append(text, bytes.get());
        }
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}

package dev.relay.io.coding;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** What comes of an encoded body: the bytes that came out, and what ended it. */
final class Undone {
    static final String URL = "http://example.org/";

    private final byte[] bytes;
    private final @Nullable IOException failure;

    private Undone(byte[] bytes, @Nullable IOException failure) {
        this.bytes = bytes;
        this.failure = failure;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** What ended it; null for the end of a whole body. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** That body under that Content-Encoding, arriving in pieces of one size. */
    static Undone of(String coding, byte[] encoded, int size) {
        return of(coding, new Pieces(encoded, size));
    }

    static Undone of(String coding, Pieces pieces) {
        var into = new ByteArrayOutputStream();
        try {
            Pieces.drain(Decoding.of(List.of(coding), pieces, URL), into);
            return new Undone(into.toByteArray(), null);
        } catch (IOException e) {
            return new Undone(into.toByteArray(), e);
        }
    }

    boolean isWhole() {
        return failure == null;
    }

    /** Whether it ended as a broken coding does. */
    boolean isRefused() {
        return failure instanceof FaultException fault && fault.fault().code() == ExitCode.CONTENT_ENCODING;
    }

    /** Why it was refused. */
    String why() {
        return failure instanceof FaultException fault ? fault.fault().why() : "";
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] deflated(byte[] bytes, boolean raw) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var all = new ByteArrayOutputStream();
            byte[] piece = new byte[1000];
            while (!deflater.finished()) {
                all.write(piece, 0, deflater.deflate(piece));
            }
            return all.toByteArray();
        } finally {
            deflater.end();
        }
    }
}

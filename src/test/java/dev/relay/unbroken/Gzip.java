package dev.relay.unbroken;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What a server that compresses sends, and what can be read of it when it is damaged. */
final class Gzip {
    private Gzip() {}

    static byte[] encoded(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** All that can be decoded before the damage, or before the end. */
    static byte[] decoded(byte[] coded) {
        var plain = new ByteArrayOutputStream();
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(coded), 1)) {
            for (int next = gzip.read(); next >= 0; next = gzip.read()) {
                plain.write(next);
            }
        } catch (IOException e) {
            // The damage: what came before it is what was asked for.
        }
        return plain.toByteArray();
    }
}

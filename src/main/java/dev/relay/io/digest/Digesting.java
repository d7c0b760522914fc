package dev.relay.io.digest;

import dev.relay.http.DigestAlgorithm;
import dev.relay.io.Chunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes a body on as it is, and makes digests of it on the way: all algorithms in one pass. */
public final class Digesting implements Chunks {
    private final Chunks source;
    private final List<Digest> digests = new ArrayList<>();
    private @Nullable Map<DigestAlgorithm, byte[]> values;

    public Digesting(Chunks source) {
        this.source = source;
    }

    /** Makes this digest too. To be told before the first bytes; twice is as good as once. */
    public void with(DigestAlgorithm algorithm) {
        for (Digest digest : digests) {
            if (digest.algorithm() == algorithm) {
                return;
            }
        }
        digests.add(new Digest(algorithm));
    }

    /** Bytes that belong to what the digests are of, but do not pass here: they were there before. */
    public void include(ByteBuffer bytes) {
        for (Digest digest : digests) {
            digest.update(bytes);
        }
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        ByteBuffer bytes = source.next();
        if (bytes == null) {
            end();
        } else {
            include(bytes);
        }
        return bytes;
    }

    private void end() {
        if (values == null) {
            values = new EnumMap<>(DigestAlgorithm.class);
            for (Digest digest : digests) {
                values.put(digest.algorithm(), digest.value());
            }
        }
    }

    /** The digest of the whole body; null when it has not come to its end, or was not asked for. */
    public byte @Nullable [] value(DigestAlgorithm algorithm) {
        return values == null ? null : values.get(algorithm);
    }

    @Override
    public void close() {
        source.close();
    }
}

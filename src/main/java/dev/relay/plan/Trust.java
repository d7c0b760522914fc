package dev.relay.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are trusted over TLS.
 *
 * @param verify false for {@code -k}: neither the chain nor the name is checked
 * @param caFile a bundle of PEM certificates that alone is trusted; null for the system's
 */
public record Trust(boolean verify, @Nullable Path caFile) {
    public static final Trust SYSTEM = new Trust(true, null);
}

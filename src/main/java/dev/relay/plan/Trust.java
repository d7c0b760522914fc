package dev.relay.plan;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What TLS asks of servers, and what it tells them.
 *
 * @param verify false for {@code -k}: neither the chain nor the name is checked
 * @param caFile a bundle of PEM certificates that is trusted; with {@code caDirectory} null, the system's are
 * @param caDirectory a directory of PEM certificates that are trusted beside those of the file
 * @param versions which versions may be spoken
 * @param identity who the client is, for a server that asks; null for nobody
 * @param pins the SHA-256 digests, in Base64, of the public keys of which the server must have one; empty for any
 */
public record Trust(
        boolean verify,
        @Nullable Path caFile,
        @Nullable Path caDirectory,
        TlsVersions versions,
        @Nullable Identity identity,
        List<String> pins) {
    public static final Trust SYSTEM = new Trust(true, null, null, TlsVersions.ALL, null, List.of());

    public Trust {
        pins = List.copyOf(pins);
    }
}

package dev.relay.plan;

import dev.relay.http.Secret;
import dev.relay.http.cookie.Cookie;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a run.
 *
 * @param kept those that are there when it begins
 * @param literal what is sent to the URL's origin beside them ({@code -b 'a=b'}); null for nothing
 * @param jar the file that they are written to at the end; null for none
 */
public record Cookies(
        List<Cookie> kept,
        @Nullable Secret literal,
        @Nullable Path jar) {
    public Cookies {
        kept = List.copyOf(kept);
    }
}

package dev.relay.report;

import dev.relay.http.Url;
import org.jspecify.annotations.Nullable;

/** The parts of a URL that a format may ask for; its credentials are none of them. */
enum UrlPart {
    WHOLE,
    SCHEME,
    HOST,
    PORT,
    PATH,
    QUERY;

    /** That part; null when there is no URL, or no such part. */
    @Nullable
    Value of(@Nullable Url url) {
        if (url == null) {
            return null;
        }
        return switch (this) {
            case WHOLE -> new Value.Text(url.toString());
            case SCHEME -> new Value.Text(url.scheme());
            case HOST -> new Value.Text(url.host());
            case PORT -> new Value.Amount(url.port());
            case PATH -> new Value.Text(url.path());
            case QUERY ->
                url.query().isEmpty() ? null : new Value.Text(url.query().get());
        };
    }
}

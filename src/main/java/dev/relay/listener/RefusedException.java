package dev.relay.listener;

import dev.relay.http.Headers;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error status, and whose connection is closed: what follows it cannot be trusted. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient Headers headers;

    /** @param message what is wrong, for the client to read */
    public RefusedException(int status, String message) {
        this(status, message, Headers.NONE);
    }

    /** @param headers are sent with it */
    public RefusedException(int status, String message, Headers headers) {
        this(status, message, headers, null);
    }

    /** @param cause why, which is not for the client to know */
    public RefusedException(int status, String message, Headers headers, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.headers = headers;
    }

    public Headers headers() {
        return headers;
    }

    /** 400 to 599. */
    public int status() {
        return status;
    }
}

package dev.relay.listener;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The client has left, or takes nothing any more, before it had everything. */
public final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

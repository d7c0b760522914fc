package dev.relay.wire.proxy;

import java.io.IOException;

/** A proxy has understood, and does not make the connection; the message says why. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean login;

    RefusedException(String message, boolean login) {
        super(message);
        this.login = login;
    }

    public static RefusedException of(String message) {
        return new RefusedException(message, false);
    }

    /** The login is missing, or is another. */
    public static RefusedException ofLogin(String message) {
        return new RefusedException(message, true);
    }

    /** Whether another login may help. */
    public boolean isAboutLogin() {
        return login;
    }
}

package dev.relay.upstream.identity;

import java.security.GeneralSecurityException;

/** A key does not open: the password is another, or there is none. */
final class WrongPasswordException extends GeneralSecurityException {
    private static final long serialVersionUID = 1L;

    WrongPasswordException(String message) {
        super(message);
    }

    WrongPasswordException(String message, Throwable cause) {
        super(message, cause);
    }
}

package dev.relay.listener;

import java.security.SecureRandom;
import java.util.Base64;

/** A part of a path that nobody can guess: 128 random bits. */
final class Token {
    private static final int BYTES = 16;

    private Token() {}

    static String make() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

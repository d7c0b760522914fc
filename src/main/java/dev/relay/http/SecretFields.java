package dev.relay.http;

import java.util.Locale;

/** Tells which header fields carry secrets: they are never shown, and never sent to another origin. */
public final class SecretFields {
    private static final String[] MARKS = {
        "auth",
        "cookie",
        "token",
        "secret",
        "password",
        "passwd",
        "credential",
        "session",
        "api-key",
        "apikey",
        "-key",
        "signature",
        "private"
    };

    private SecretFields() {}

    /** Whether a field of that name carries a credential: Authorization, Cookie, X-Api-Key, X-Amz-Security-Token, … */
    public static boolean carries(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals(":authority")) {
            return false;
        }
        for (String mark : MARKS) {
            if (lower.contains(mark)) {
                return true;
            }
        }
        return false;
    }
}

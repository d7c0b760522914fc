package dev.relay.http.auth;

import dev.relay.http.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user and a password. */
public record Login(String user, Secret password) {

    /** From {@code user:password}, divided at the first colon; without one the password is empty. */
    public static Login of(String userAndPassword) {
        int colon = userAndPassword.indexOf(':');
        return colon < 0
                ? new Login(userAndPassword, new Secret(""))
                : new Login(userAndPassword.substring(0, colon), new Secret(userAndPassword.substring(colon + 1)));
    }

    public boolean hasPassword() {
        return !password.reveal().isEmpty();
    }

    /** The value of an Authorization field for Basic authentication, in UTF-8 (RFC 7617 §2). */
    public String basic() {
        byte[] both = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }
}

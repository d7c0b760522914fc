package dev.relay.report;

import dev.relay.http.Headers.Field;
import dev.relay.http.SecretFields;

/** What is shown in place of a secret. */
final class Redaction {
    private static final String REDACTED = "(redacted)";

    private Redaction() {}

    /**
     * The value of a header field as it may be shown: credentials replaced, the scheme of an Authorization kept (RFC
     * 9110 §11.6.2), and no credentials in URLs.
     */
    static String ofField(Field field) {
        String name = field.name();
        if (!SecretFields.carries(name) || isHarmless(name)) {
            return ofText(field.value());
        }
        if (name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Proxy-Authorization")) {
            int space = field.value().indexOf(' ');
            return space > 0 ? field.value().substring(0, space + 1) + REDACTED : REDACTED;
        }
        return REDACTED;
    }

    /** A challenge or a permission names credentials without holding any, and who debugs a 401 needs to see it. */
    private static boolean isHarmless(String name) {
        return name.equalsIgnoreCase("WWW-Authenticate")
                || name.equalsIgnoreCase("Proxy-Authenticate")
                || name.equalsIgnoreCase("Access-Control-Allow-Credentials");
    }

    /** The text with the credentials of every URL in it left out: {@code http://user:pass@host/} loses what is before the at sign. */
    static String ofText(String text) {
        int slashes = text.indexOf("://");
        if (slashes < 0) {
            return text;
        }
        var kept = new StringBuilder(text.length());
        int done = 0;
        while (slashes >= 0) {
            int authority = slashes + 3;
            kept.append(text, done, authority);
            done = authority;
            for (int i = authority; i < text.length() && isAuthority(text.charAt(i)); i++) {
                if (text.charAt(i) == '@') {
                    done = i + 1;
                }
            }
            slashes = text.indexOf("://", done);
        }
        return kept.append(text, done, text.length()).toString();
    }

    private static boolean isAuthority(char c) {
        return c > ' ' && c != '/' && c != '?' && c != '#' && c != '"' && c != '<' && c != '>';
    }
}

package dev.relay.http.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field line of challenges. Commas divide both challenges and parameters: what tells them apart is the equals
 * sign behind the name of a parameter.
 */
final class AuthChallengeParser {
    private final String line;
    private final List<AuthChallenge> challenges = new ArrayList<>();
    private @Nullable String scheme;
    private Map<String, String> parameters = new HashMap<>();
    private int at;

    AuthChallengeParser(String line) {
        this.line = line;
    }

    List<AuthChallenge> parse() {
        boolean sound = true;
        while (sound && skipTo()) {
            sound = element();
        }
        end();
        return challenges;
    }

    /** Passes commas and blanks; whether anything follows. */
    private boolean skipTo() {
        while (at < line.length() && (isBlank(line.charAt(at)) || line.charAt(at) == ',')) {
            at++;
        }
        return at < line.length();
    }

    /** What stands between two commas: a parameter, or a scheme with or without its first parameter. */
    private boolean element() {
        int start = at;
        String name = token();
        if (name.isEmpty()) {
            return false;
        }
        skipBlanks();
        if (at < line.length() && line.charAt(at) == '=') {
            at = start;
            return scheme != null && parameter();
        }
        end();
        scheme = name;
        return at == line.length() || line.charAt(at) == ',' || token68() || parameter();
    }

    private boolean parameter() {
        String name = token();
        skipBlanks();
        if (name.isEmpty() || at == line.length() || line.charAt(at) != '=') {
            return false;
        }
        at++;
        skipBlanks();
        String value = at < line.length() && line.charAt(at) == '"' ? quoted() : token();
        if (value == null) {
            return false;
        }
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        skipBlanks();
        return at == line.length() || line.charAt(at) == ',';
    }

    /** A lump that some schemes have in place of parameters (RFC 9110 §11.2): passed over. */
    private boolean token68() {
        int end = at;
        while (end < line.length() && (isToken(line.charAt(end)) || line.charAt(end) == '/')) {
            end++;
        }
        int signs = end;
        while (signs < line.length() && line.charAt(signs) == '=') {
            signs++;
        }
        int after = signs;
        while (after < line.length() && isBlank(line.charAt(after))) {
            after++;
        }
        boolean isLump = end > at && (after == line.length() || line.charAt(after) == ',');
        if (isLump) {
            at = after;
        }
        return isLump;
    }

    /** RFC 9110 §5.6.4; null when it does not end. */
    private @Nullable String quoted() {
        var value = new StringBuilder();
        for (at++; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < line.length()) {
                at++;
            }
            value.append(line.charAt(at));
        }
        return null;
    }

    private String token() {
        int start = at;
        while (at < line.length() && isToken(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private void end() {
        if (scheme != null) {
            challenges.add(new AuthChallenge(scheme, parameters));
        }
        scheme = null;
        parameters = new HashMap<>();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}

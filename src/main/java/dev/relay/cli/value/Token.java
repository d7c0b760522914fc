package dev.relay.cli.value;

/** The characters of names (RFC 9110 §5.6.2) and of values (§5.5). */
public final class Token {
    private Token() {}

    /** A method or the name of a header field: one or more of the characters that need no quotes. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}

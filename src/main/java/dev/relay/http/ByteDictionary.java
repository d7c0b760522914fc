package dev.relay.http;

import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a structured field that is a dictionary of byte sequences (RFC 9651 §4.2.2, RFC 8941): {@code a=:AAE=:,
 * b=:/w==:;p=1}. Strict: one wrong character and there is no dictionary. Parameters are read and forgotten.
 */
final class ByteDictionary {
    private static final int LONGEST_INTEGER = 15;
    private static final int LONGEST_WHOLE_PART = 12;
    private static final int LONGEST_FRACTION = 3;

    private final String text;
    private int at;

    private ByteDictionary(String text) {
        this.text = text;
    }

    /** The members of all the field's lines; of a key that stands there twice, the last counts. */
    static Map<String, byte[]> parse(List<String> lines) throws ParseException {
        return new ByteDictionary(String.join(", ", lines)).members();
    }

    private Map<String, byte[]> members() throws ParseException {
        var members = new LinkedHashMap<String, byte[]>();
        skip(" ");
        while (!isAtEnd()) {
            String key = key();
            expect('=');
            members.put(key, bytes());
            parameters();
            skip(" \t");
            if (isAtEnd()) {
                break;
            }
            expect(',');
            skip(" \t");
            if (isAtEnd()) {
                throw malformed("it ends in a comma");
            }
        }
        return members;
    }

    private String key() throws ParseException {
        int from = at;
        if (!isLower(peek()) && peek() != '*') {
            throw malformed("a key was expected");
        }
        while (isLower(peek()) || isDigit(peek()) || isOneOf(peek(), "_-.*")) {
            at++;
        }
        return text.substring(from, at);
    }

    private byte[] bytes() throws ParseException {
        expect(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw malformed("a byte sequence does not end");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.substring(at, end));
            at = end + 1;
            return bytes;
        } catch (IllegalArgumentException e) {
            throw malformed("a byte sequence is not base64");
        }
    }

    private void parameters() throws ParseException {
        while (peek() == ';') {
            at++;
            skip(" ");
            key();
            if (peek() == '=') {
                at++;
                bareItem();
            }
        }
    }

    private void bareItem() throws ParseException {
        char c = peek();
        if (c == ':') {
            bytes();
        } else if (c == '"') {
            string();
        } else if (c == '?') {
            at++;
            oneOf("01");
        } else if (c == '@') {
            at++;
            number(false);
        } else if (c == '%') {
            displayString();
        } else if (isLetter(c) || c == '*') {
            token();
        } else {
            number(true);
        }
    }

    private void number(boolean decimal) throws ParseException {
        if (peek() == '-') {
            at++;
        }
        int whole = digits();
        boolean point = decimal && peek() == '.';
        if (whole == 0 || whole > (point ? LONGEST_WHOLE_PART : LONGEST_INTEGER)) {
            throw malformed("a number was expected");
        }
        if (point) {
            at++;
            int fraction = digits();
            if (fraction == 0 || fraction > LONGEST_FRACTION) {
                throw malformed("a fraction was expected");
            }
        }
    }

    private int digits() {
        int from = at;
        while (isDigit(peek())) {
            at++;
        }
        return at - from;
    }

    private void string() throws ParseException {
        expect('"');
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
                oneOf("\"\\");
            } else {
                visible();
            }
        }
        at++;
    }

    private void displayString() throws ParseException {
        expect('%');
        expect('"');
        while (peek() != '"') {
            if (peek() == '%') {
                at++;
                oneOf("0123456789abcdef");
                oneOf("0123456789abcdef");
            } else {
                visible();
            }
        }
        at++;
    }

    private void visible() throws ParseException {
        if (isAtEnd() || peek() < ' ' || peek() > '~') {
            throw malformed("a string does not end");
        }
        at++;
    }

    private void token() {
        while (isLetter(peek()) || isDigit(peek()) || isOneOf(peek(), "!#$%&'*+-.^_`|~:/")) {
            at++;
        }
    }

    private void oneOf(String characters) throws ParseException {
        if (!isOneOf(peek(), characters)) {
            throw malformed("one of " + characters + " was expected");
        }
        at++;
    }

    private void expect(char c) throws ParseException {
        if (peek() != c) {
            throw malformed(c + " was expected");
        }
        at++;
    }

    private void skip(String characters) {
        while (isOneOf(peek(), characters)) {
            at++;
        }
    }

    private boolean isAtEnd() {
        return at == text.length();
    }

    /** NUL at the end, which a field never holds and nothing here matches. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isOneOf(char c, String characters) {
        return characters.indexOf(c) >= 0;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isLetter(char c) {
        return isLower(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private ParseException malformed(String why) {
        return new ParseException(why + " at character " + (at + 1), at);
    }
}

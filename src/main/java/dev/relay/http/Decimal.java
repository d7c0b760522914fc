package dev.relay.http;

/** The numbers of HTTP: one or more ASCII digits, nothing else (RFC 9110 §8.6). */
final class Decimal {
    private Decimal() {}

    /** The number, or -1 when it is none or does not fit into 63 bits. */
    static long parse(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        long value = 0;
        for (int at = 0; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}

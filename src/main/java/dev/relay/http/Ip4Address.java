package dev.relay.http;

/** IPv4 addresses in all the forms that inet_aton reads, made plain: {@code 127.1} and {@code 0x7f000001} are 127.0.0.1. */
final class Ip4Address {
    private Ip4Address() {}

    /** Whether the last part is a number: no top-level domain is one, so an address is meant (WHATWG URL §3.5). */
    static boolean isMeant(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        String last = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
        return !last.isEmpty() && (allDigits(last) || (last.startsWith("0x") && number(last) >= 0));
    }

    static String normalised(String host) throws UnreadableUrlException {
        String[] parts = (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).split("\\.", -1);
        long address = 0;
        for (int part = 0; part < parts.length; part++) {
            long value = number(parts[part]);
            boolean isLast = part == parts.length - 1;
            // The last part fills all the bytes that are left.
            long most = isLast && parts.length <= 4 ? (1L << (8 * (5 - parts.length))) - 1 : 255;
            if (parts.length > 4 || value < 0 || value > most) {
                throw UnreadableUrlException.malformed("its host is no valid IPv4 address");
            }
            address = isLast ? (address << (8 * (5 - parts.length))) | value : (address << 8) | value;
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static boolean allDigits(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!Percent.isDigit(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** A decimal, octal ({@code 010}) or hexadecimal ({@code 0x8}) number below 2^32, -1 for anything else. */
    private static long number(String text) {
        boolean hex = text.startsWith("0x");
        int radix = hex ? 16 : text.startsWith("0") ? 8 : 10;
        if (text.isEmpty() || text.equals("0x")) {
            return -1;
        }
        long value = 0;
        for (int at = hex ? 2 : 0; at < text.length(); at++) {
            int digit = text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), radix) : -1;
            value = value * radix + digit;
            if (digit < 0 || value > 0xFFFF_FFFFL) {
                return -1;
            }
        }
        return value;
    }
}

package dev.relay.plan;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hosts that no proxy is asked for, as curl reads {@code NO_PROXY}: a name stands for itself and all names below it,
 * whether a dot comes first or not; an address for itself; {@code 10.0.0.0/8} for the addresses that begin so; a lone
 * {@code *} for all.
 *
 * @param patterns in lower case
 */
public record Bypass(List<String> patterns) {
    public static final Bypass NOTHING = new Bypass(List.of());

    private static final String ALL = "*";

    public Bypass {
        patterns = List.copyOf(patterns);
    }

    /** From a list with commas or blanks between its parts. */
    public static Bypass of(String list) {
        if (list.strip().equals(ALL)) {
            return new Bypass(List.of(ALL));
        }
        var patterns = new ArrayList<String>();
        for (String part : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (!part.isEmpty() && !part.equals(ALL)) {
                patterns.add(part);
            }
        }
        return new Bypass(patterns);
    }

    /** Whether the host is meant, a name or an address without brackets. */
    public boolean covers(String host) {
        if (patterns.equals(List.of(ALL))) {
            return true;
        }
        byte[] address = address(host);
        for (String pattern : patterns) {
            if (address.length > 0 ? isInNet(address, pattern) : isBelow(withoutDots(host), withoutDots(pattern))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBelow(String host, String name) {
        return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    /** Without the dot in front, which says that all names below are meant, and the one behind, which says it is absolute. */
    private static String withoutDots(String name) {
        String front = name.startsWith(".") ? name.substring(1) : name;
        return front.endsWith(".") ? front.substring(0, front.length() - 1) : front;
    }

    private static boolean isInNet(byte[] address, String pattern) {
        int slash = pattern.indexOf('/');
        byte[] net = address(slash < 0 ? pattern : pattern.substring(0, slash));
        if (net.length != address.length) {
            return false;
        }
        int bits = slash < 0 ? 0 : bits(pattern.substring(slash + 1));
        // To curl a net of no bits is a single address.
        int count = bits == 0 ? 8 * net.length : bits;
        if (bits < 0 || count > 8 * net.length) {
            return false;
        }
        for (int bit = 0; bit < count; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((net[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** The bytes of an address; none for a name. */
    private static byte[] address(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String literal = bracketed ? host.substring(1, host.length() - 1) : host;
        int zone = literal.indexOf('%');
        try {
            return InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone))
                    .getAddress();
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }
}

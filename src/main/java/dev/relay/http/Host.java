package dev.relay.http;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The host of a URL in its one normal form, so that two hosts are the same exactly when their texts are. */
final class Host {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    /** Characters that IDNA 2003 (the JDK's) and IDNA 2008 (browsers', curl's) take to different hosts. */
    private static final String DEVIATIONS = "\u00DF\u1E9E\u03C2\u200C\u200D";

    private Host() {}

    static String of(String text, Percent.Origin origin) throws UnreadableUrlException {
        if (text.isEmpty()) {
            throw UnreadableUrlException.malformed("it names no host");
        }
        if (text.startsWith("[")) {
            return "[" + Ip6Address.normalised(text.substring(1, text.length() - 1)) + "]";
        }
        if (text.indexOf('%') >= 0) {
            throw UnreadableUrlException.malformed("its host is percent-encoded");
        }
        String name = inAscii(text, origin).toLowerCase(Locale.ROOT);
        if (Ip4Address.isMeant(name)) {
            return Ip4Address.normalised(name);
        }
        checkName(name);
        return name;
    }

    /** Whether the host is this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3). */
    static boolean isLoopback(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || (name.startsWith("127.") && Ip4Address.isMeant(name));
    }

    private static String inAscii(String text, Percent.Origin origin) throws UnreadableUrlException {
        if (isAscii(text)) {
            return text;
        }
        String name = origin == Percent.Origin.TYPED
                ? text
                : new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        for (int at = 0; at < name.length(); at++) {
            if (DEVIATIONS.indexOf(name.charAt(at)) >= 0) {
                throw UnreadableUrlException.malformed(
                        "its host has a character that browsers and the JDK read differently",
                        "write it in its xn-- form");
            }
        }
        try {
            return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw UnreadableUrlException.malformed("its host is no valid international name");
        }
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Letters, digits, hyphens, and the underscores that people use; a trailing dot is the root's and stays. */
    private static void checkName(String name) throws UnreadableUrlException {
        int label = 0;
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c == '.' && label == 0) {
                throw UnreadableUrlException.malformed("a part of its host is empty");
            }
            if (c != '.' && c != '-' && c != '_' && !Percent.isLetterOrDigit(c)) {
                throw UnreadableUrlException.malformed("its host has a character that no host has");
            }
            label = c == '.' ? 0 : label + 1;
            if (label > LONGEST_LABEL) {
                throw UnreadableUrlException.malformed("a part of its host is longer than 63 characters");
            }
        }
        if (name.length() > LONGEST_NAME + (name.endsWith(".") ? 1 : 0)) {
            throw UnreadableUrlException.malformed("its host is longer than 253 characters");
        }
    }
}

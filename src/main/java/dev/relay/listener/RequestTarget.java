package dev.relay.listener;

import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for (RFC 9112 §3.2): the path of a resource here, or an absolute URL, whose authority then
 * counts for more than the Host field.
 *
 * @param authority as an absolute URL has it; null otherwise
 */
record RequestTarget(
        String path, @Nullable String query, @Nullable String authority) {

    static RequestTarget of(String method, String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
                throw new RefusedException(400, "a target with a character that none has");
            }
        }
        if (text.startsWith("/")) {
            return split(text, null);
        }
        if (text.equals("*") && method.equals("OPTIONS")) {
            return new RequestTarget("*", null, null);
        }
        if (method.equals("CONNECT")) {
            throw new RefusedException(405, "this is no proxy");
        }
        boolean clear = text.regionMatches(true, 0, "http://", 0, 7);
        if (!clear && !text.regionMatches(true, 0, "https://", 0, 8)) {
            throw new RefusedException(400, "a target that is no path");
        }
        int start = clear ? 7 : 8;
        int end = start;
        while (end < text.length() && text.charAt(end) != '/' && text.charAt(end) != '?') {
            end++;
        }
        String authority = text.substring(start, end);
        if (authority.isEmpty() || !isAuthority(authority)) {
            throw new RefusedException(400, "a target without a host");
        }
        String rest = text.substring(end);
        return split(rest.startsWith("/") ? rest : "/" + rest, authority);
    }

    private static RequestTarget split(String text, @Nullable String authority) {
        int mark = text.indexOf('?');
        return mark < 0
                ? new RequestTarget(text, null, authority)
                : new RequestTarget(text.substring(0, mark), text.substring(mark + 1), authority);
    }

    /** A host with or without a port; empty for a client that has none to name (RFC 9110 §7.2). */
    static boolean isAuthority(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!letter && "-._~:[]%".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}

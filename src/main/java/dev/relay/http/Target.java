package dev.relay.http;

/** The path and query of a URL: encoded, dot segments removed. */
final class Target {
    private Target() {}

    /** @param text a path, a query with its question mark, both, or nothing */
    static String of(String text, Percent.Origin origin) {
        int query = text.indexOf('?');
        if (query < 0) {
            return withoutDots(Percent.encodePath(text, origin));
        }
        return withoutDots(Percent.encodePath(text.substring(0, query), origin))
                + Percent.encodeQuery(text.substring(query), origin);
    }

    /** RFC 3986 §5.2.4; an encoded dot stays what it is. */
    private static String withoutDots(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        var kept = new StringBuilder(path.length());
        for (int slash = 0; slash < path.length(); ) {
            int next = path.indexOf('/', slash + 1);
            int end = next < 0 ? path.length() : next;
            String segment = path.substring(slash + 1, end);
            boolean isDots = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            }
            if (!isDots) {
                kept.append('/').append(segment);
            } else if (next < 0) {
                kept.append('/');
            }
            slash = end;
        }
        return kept.toString();
    }
}

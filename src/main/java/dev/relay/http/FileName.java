package dev.relay.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** File names from URLs and headers, made safe: one component, nothing hidden, nothing that a terminal or shell obeys. */
public final class FileName {
    /** The longest name in bytes of UTF-8: 255, less the room for a number and {@code .part.meta}. */
    static final int LONGEST = 240;
    /** The longest extension that is kept when a name is cut, in characters. */
    private static final int LONGEST_EXTENSION = 16;

    private FileName() {}

    /** The last segment of the path, decoded and made safe; empty when there is none, as in {@code http://host/}. */
    public static Optional<String> fromUrl(Url url) {
        String path = url.path();
        return safe(Percent.decode(path.substring(path.lastIndexOf('/') + 1)));
    }

    /** The name that a Content-Disposition gives (RFC 6266), made safe; empty when it gives none that can be used. */
    public static Optional<String> fromHeader(String contentDisposition) {
        return ContentDisposition.fileName(contentDisposition).flatMap(FileName::safe);
    }

    /** The name as one segment of a URL's path. */
    public static String encoded(String name) {
        var text = new StringBuilder(name.length() + 16);
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if (c < 0x80 && (Percent.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                text.append(c);
            } else {
                Percent.appendEscape(text, c);
            }
        }
        return text.toString();
    }

    /** The bytes that a path stands for. */
    public static byte[] decoded(String path) {
        return Percent.decodeBytes(path);
    }

    /** The text that a path stands for. */
    public static String decodedText(String path) {
        return Percent.decode(path);
    }

    /** A path as a user typed it, with what a URL may not hold encoded. */
    public static String encodedPath(String path) {
        return Percent.encodePath(path, Percent.Origin.TYPED);
    }

    /**
     * The value of a Content-Disposition that names a file (RFC 6266): for old readers in ASCII too.
     *
     * @param kind {@code attachment} or {@code inline}
     */
    public static String disposition(String kind, String name) {
        var plain = new StringBuilder(name.length());
        boolean exact = true;
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            boolean isPlain = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '%';
            plain.append(isPlain ? c : '_');
            exact &= isPlain;
        }
        String value = kind + "; filename=\"" + plain + "\"";
        return exact ? value : value + "; filename*=UTF-8''" + encoded(name);
    }

    /** The last component of a name without what could do harm; empty when nothing is left of it. */
    public static Optional<String> safe(String name) {
        String component = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String bare = trimmed(visible(component));
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        // A name that begins with a dash would be an option to whatever command gets it.
        return Optional.of(trimmed(shortened(bare.startsWith("-") ? "_" + bare.substring(1) : bare)));
    }

    /** Without control characters and those that change the direction or the look of what surrounds them. */
    private static String visible(String text) {
        var kept = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            if (isVisible(point)) {
                kept.appendCodePoint(point);
            }
            at += Character.charCount(point);
        }
        return kept.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Of the invisible ones, the joiners are part of words and of emoji.
            case Character.FORMAT -> point == 0x200C || point == 0x200D;
            default -> true;
        };
    }

    /** No dots and spaces at either end: neither a hidden file nor {@code ..} nor what Windows would drop. */
    private static String trimmed(String text) {
        int from = 0;
        int end = text.length();
        while (from < end && isDotOrSpace(text.charAt(from))) {
            from++;
        }
        while (end > from && isDotOrSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(from, end);
    }

    private static boolean isDotOrSpace(char c) {
        return c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static String shortened(String name) {
        if (bytes(name) <= LONGEST) {
            return name;
        }
        String extension = extension(name);
        int room = LONGEST - bytes(extension);
        var base = new StringBuilder();
        int used = 0;
        for (int at = 0; at < name.length(); ) {
            int point = name.codePointAt(at);
            used += bytes(Character.toString(point));
            if (used > room) {
                break;
            }
            base.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return base + extension;
    }

    /** {@code .gz}, {@code .tar.gz}, or nothing when what follows the last dot is too long to be one. */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0 || name.length() - dot > LONGEST_EXTENSION) {
            return "";
        }
        boolean isTar = name.startsWith(".tar", dot - 4);
        return name.substring(isTar ? dot - 4 : dot);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

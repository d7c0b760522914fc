package dev.relay.http;

import java.nio.charset.StandardCharsets;

/** A URL as an error line may show it, also when nothing else is known of it: no credentials, no control characters. */
final class ShownUrl {
    private static final int LONGEST = 300;

    private ShownUrl() {}

    static String of(String text) {
        return printable(withoutCredentials(text));
    }

    private static String withoutCredentials(String text) {
        int start = UrlParser.startOfAuthority(text);
        int end = UrlParser.endOfAuthority(text, start);
        int at = text.lastIndexOf('@');
        if (at < start) {
            return text;
        }
        if (at < end) {
            return text.substring(0, start) + text.substring(at + 1);
        }
        // A password that holds an unencoded slash looks like the end of the authority: hide rather too much.
        int colon = text.indexOf(':', start);
        if (colon >= 0 && colon < end) {
            return text.substring(0, start) + "(redacted)" + text.substring(at);
        }
        int last = text.lastIndexOf('@', end - 1);
        return last < start ? text : text.substring(0, start) + text.substring(last + 1);
    }

    private static String printable(String text) {
        var shown = new StringBuilder(text.length());
        for (int at = 0; at < text.length() && shown.length() < LONGEST; ) {
            int point = text.codePointAt(at);
            if (isHarmless(point)) {
                shown.appendCodePoint(point);
            } else {
                for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    Percent.appendEscape(shown, each & 0xFF);
                }
            }
            at += Character.charCount(point);
        }
        return shown.length() < LONGEST ? shown.toString() : shown.append("...").toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}

package dev.relay.report;

import java.util.Locale;
import java.util.Map;

/**
 * What a terminal may be shown, as far as the environment tells.
 *
 * @param dumb it can do no more than print line after line
 * @param unicode it shows what is not ASCII
 * @param color it has colours, and they are wanted
 */
record Style(boolean dumb, boolean unicode, boolean color) {
    /** Nothing but ASCII, line after line. */
    static final Style PLAIN = new Style(true, false, false);

    private static final String[] COLOURED = {
        "xterm", "screen", "tmux", "rxvt", "linux", "alacritty", "foot", "konsole", "ansi", "cygwin", "putty", "st-"
    };

    static Style of(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        boolean dumb = term.isEmpty() || term.equals("dumb") || term.equals("unknown");
        // https://no-color.org: any value but an empty one.
        boolean colourless = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Style(dumb, isUnicode(locale(environment)), !dumb && !colourless && isColoured(term));
    }

    /** The first that is set and not empty decides (POSIX, Base Definitions §8.2). */
    private static String locale(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toLowerCase(Locale.ROOT);
            }
        }
        return "c";
    }

    /** East Asian terminals may give the pieces of the bar two columns each: they are not shown there. */
    private static boolean isUnicode(String locale) {
        boolean wide = locale.startsWith("ja") || locale.startsWith("ko") || locale.startsWith("zh");
        return !wide && (locale.contains("utf-8") || locale.contains("utf8"));
    }

    private static boolean isColoured(String term) {
        if (term.contains("color") || term.contains("kitty")) {
            return true;
        }
        for (String name : COLOURED) {
            if (term.startsWith(name)) {
                return true;
            }
        }
        return false;
    }
}

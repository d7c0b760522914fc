package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One content of a {@code -F} and what stands behind it: {@code DATA;type=TYPE;filename=NAME;headers="FIELD"}, in curl's
 * syntax. A word in quotes may hold any character; a quote or backslash in it has a backslash before it.
 *
 * @param data the text, or the name of a file
 * @param end where the next content begins, behind a comma; -1 after the last
 */
record FormField(
        String data, @Nullable String type, @Nullable String fileName, List<String> headers, int end) {

    /** Reads words out of a text. */
    private static final class Words {
        private final Option option;
        private final String text;
        private final char separator;
        private int at;

        Words(Option option, String text, int at, char separator) {
            this.option = option;
            this.text = text;
            this.at = at;
            this.separator = separator;
        }

        private boolean isEnd(int index) {
            return index >= text.length() || text.charAt(index) == ';' || text.charAt(index) == separator;
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        String word() throws FaultException {
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '"') {
                String quoted = quoted();
                if (quoted != null) {
                    return quoted;
                }
            }
            int from = at;
            while (!isEnd(at)) {
                at++;
            }
            return text.substring(from, at).stripTrailing();
        }

        /** Null, and nowhere else, when the quote is not closed: then it is a character like any other. */
        private @Nullable String quoted() throws FaultException {
            var word = new StringBuilder();
            for (int i = at + 1; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean escapes =
                        c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\');
                if (c == '"') {
                    at = i + 1;
                    skipBlanks();
                    if (!isEnd(at)) {
                        throw Misuse.of(option, "something stands behind a closing quote in " + Misuse.quoted(text));
                    }
                    return word.toString();
                }
                word.append(escapes ? text.charAt(++i) : c);
            }
            return null;
        }

        boolean takes(String name) {
            boolean there = text.regionMatches(true, at, name, 0, name.length());
            at += there ? name.length() : 0;
            return there;
        }

        /** A media type with its parameters, up to the next word that is none of those. */
        String type() throws FaultException {
            skipBlanks();
            int from = at;
            int slash = text.indexOf('/', at);
            do {
                at++;
                while (!isEnd(at)) {
                    at++;
                }
            } while (at < text.length() && text.charAt(at) == ';' && !isAttribute(at + 1));
            String type = text.substring(from, Math.min(at, text.length())).strip();
            if (slash <= from || slash >= from + type.length() - 1) {
                throw Misuse.of(option, Misuse.quoted(type) + " is not a media type");
            }
            return type;
        }

        private boolean isAttribute(int from) {
            int index = from;
            while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
                index++;
            }
            for (String name : new String[] {"filename=", "headers=", "encoder="}) {
                if (text.regionMatches(true, index, name, 0, name.length())) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Reads one.
     *
     * @param from where it begins
     * @param separator what ends it beside a semicolon: a comma between files
     */
    static FormField read(Option option, String text, int from, char separator) throws FaultException {
        var words = new Words(option, text, from, separator);
        String data = words.word();
        String type = null;
        String fileName = null;
        var headers = new ArrayList<String>();
        while (words.at < text.length() && text.charAt(words.at) == ';') {
            words.at++;
            words.skipBlanks();
            if (words.takes("type=")) {
                type = words.type();
            } else if (words.takes("filename=")) {
                fileName = words.word();
            } else if (words.takes("headers=")) {
                headers.add(words.word());
            } else {
                throw Misuse.of(
                        option.name(),
                        Misuse.quoted(text.substring(words.at)) + " is not type=, filename= or headers=",
                        "--form-string, or quotes around the content, send a semicolon as it is");
            }
        }
        return new FormField(data, type, fileName, headers, words.at < text.length() ? words.at + 1 : -1);
    }
}

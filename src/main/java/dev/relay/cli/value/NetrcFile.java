package dev.relay.cli.value;

import dev.relay.http.Secret;
import dev.relay.http.auth.Login;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Credentials.Entry;
import dev.relay.plan.Credentials.Netrc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a netrc file: words divided by blanks and line breaks, in double quotes where they hold such, with backslashes
 * inside the quotes as curl and ftp have them; {@code #} at the beginning of a word, until the end of the line; macros,
 * which are passed over. A fault names the line and never shows what stands there.
 */
public final class NetrcFile {
    private final String name;
    private final String text;
    private final List<Entry> entries = new ArrayList<>();
    private int at;
    private int line = 1;

    private @Nullable String machine;
    private boolean isDefault;
    private String user = "";
    private String password = "";

    private NetrcFile(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /**
     * What the text of a file says.
     *
     * @param name of the file, for faults
     */
    public static Netrc read(String name, String text) throws FaultException {
        var file = new NetrcFile(name, text);
        file.read();
        return new Netrc(file.entries);
    }

    private void read() throws FaultException {
        for (String word = word(); word != null; word = word()) {
            switch (word) {
                case "machine" -> begin(value("machine").toLowerCase(Locale.ROOT), false);
                case "default" -> begin(null, true);
                case "login" -> user = within("login");
                case "password" -> password = within("password");
                case "account" -> within("account");
                case "macdef" -> skipMacro();
                default -> throw malformed("a word that is none of netrc's stands where one is expected");
            }
        }
        end();
    }

    private void begin(@Nullable String host, boolean isForAll) {
        end();
        machine = host;
        isDefault = isForAll;
        user = "";
        password = "";
    }

    private void end() {
        if (machine != null || isDefault) {
            entries.add(new Entry(machine, new Login(user, new Secret(password))));
        }
    }

    private String within(String keyword) throws FaultException {
        if (machine == null && !isDefault) {
            throw malformed(keyword + " stands before any machine");
        }
        return value(keyword);
    }

    private String value(String keyword) throws FaultException {
        int where = line;
        String value = word();
        if (value == null) {
            line = where;
            throw malformed("nothing follows " + keyword);
        }
        if (value.indexOf('\uFFFD') >= 0) {
            throw malformed("what follows " + keyword + " is not text in UTF-8");
        }
        return value;
    }

    /** The next word; null at the end. */
    private @Nullable String word() throws FaultException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                skipLine();
            } else if (isBlank(c)) {
                at++;
                line += c == '\n' ? 1 : 0;
            } else {
                return c == '"' ? quoted() : plain();
            }
        }
        return null;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() throws FaultException {
        var word = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '\n'; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return word.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = escaped(text.charAt(at));
            }
            word.append(c);
        }
        throw malformed("a quote is not closed");
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    /** It ends with an empty line. */
    private void skipMacro() {
        boolean isEmpty = false;
        while (at < text.length() && !isEmpty) {
            skipLine();
            at = Math.min(at + 1, text.length());
            line++;
            isEmpty = text.startsWith("\n", at) || text.startsWith("\r\n", at);
        }
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private FaultException malformed(String why) {
        return Fault.of(ExitCode.INPUT_FAILED, Misuse.onOneLine(name) + ":" + line, why)
                .exception();
    }
}

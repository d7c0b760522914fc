package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.http.Secret;
import dev.relay.http.cookie.Cookie;
import dev.relay.http.cookie.NetscapeFile;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Cookies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cookies: those that are sent, and those that are kept. */
public final class CookieOptions {
    static final Option COOKIE = Option.value(
                    "DATA|FILE",
                    "Send these cookies. DATA, which has an equals sign in it, goes to the URL's origin alone, as it is."
                            + " FILE, in Netscape's format, has cookies that go each where it says (RFC 6265); '' has"
                            + " none. With either, cookies that responses set are sent as well, but none that is set"
                            + " for all names below a public suffix (co.uk): of these relay knows what"
                            + " /usr/share/publicsuffix/public_suffix_list.dat lists, or, where there is no such file,"
                            + " top levels and the best-known others. Repeatable. A malformed line ends the run with"
                            + " exit code 26.",
                    "-b",
                    "--cookie")
            .completing(Completion.FILE)
            .often();
    static final Option COOKIE_JAR = Option.value(
                    "FILE",
                    "Send cookies that responses set, as -b '' does, and write all to FILE at the end, on failure too,"
                            + " for its owner alone to read; - is standard output.",
                    "-c",
                    "--cookie-jar")
            .completing(Completion.FILE);
    static final Option JUNK_SESSION_COOKIES = Option.flag(
            "Of the cookies in the files of -b, leave out those that end with their session.",
            "-j",
            "--junk-session-cookies");

    public static final OptionGroup GROUP =
            new OptionGroup("Exchange", "Cookies", List.of(COOKIE, COOKIE_JAR, JUNK_SESSION_COOKIES));

    /** Without the jar, where each of several clients has an exchange of its own. */
    static final OptionGroup SENT = new OptionGroup("Exchange", "Cookies", List.of(COOKIE, JUNK_SESSION_COOKIES));

    private CookieOptions() {}

    /** Null when responses set none and none are sent but what the user types. */
    public static @Nullable Cookies read(Typed typed, LocalInput input) throws FaultException {
        String jar = OutputOptions.only(typed, COOKIE_JAR);
        if (jar == null && !typed.has(COOKIE)) {
            return null;
        }
        Path file = jar == null ? null : input.path(COOKIE_JAR, jar);
        var literal = new StringBuilder();
        var kept = new ArrayList<Cookie>();
        for (String text : typed.all(COOKIE)) {
            if (text.indexOf('=') >= 0) {
                literal.append(literal.isEmpty() ? "" : "; ").append(checked(text));
            } else if (!text.isEmpty() && !isFirstRun(text, jar, input)) {
                boolean sessions = !typed.has(JUNK_SESSION_COOKIES);
                kept.addAll(NetscapeFile.read(Misuse.onOneLine(text), input.text(COOKIE, text), sessions));
            }
        }
        return new Cookies(kept, literal.isEmpty() ? null : new Secret(literal.toString()), file);
    }

    /** A jar that is read and written is not there before the first run. */
    private static boolean isFirstRun(String text, @Nullable String jar, LocalInput input) throws FaultException {
        return text.equals(jar) && !text.equals("-") && Files.notExists(input.path(COOKIE, text));
    }

    private static String checked(String literal) throws FaultException {
        if (!literal.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw Misuse.of(COOKIE, "there is a character in it that no header field holds");
        }
        return literal.strip();
    }
}

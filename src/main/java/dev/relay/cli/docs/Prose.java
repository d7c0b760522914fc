package dev.relay.cli.docs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sentences of the manual that no option says. */
final class Prose {
    static final String PURPOSE =
            "relay moves bytes from an HTTP exchange to where they are wanted, once each, in order, as they arrive, and"
                    + " tells the truth about how it ended. Options have the names that curl gives them.";

    static final String FAILURE =
            "Every failure prints one line on standard error, \"relay: what failed: where: why\", without the credentials"
                    + " of a URL. All that can be known to be wrong beforehand, such as an option, a number, a URL or a"
                    + " directory that cannot be written to, is told before anything is sent.";

    static final String UNASKED =
            "Without any argument the short page is printed on standard error, with exit code 2: a script whose URL is"
                    + " empty shall not succeed, nor give the page to the next program. relay help prints it on standard"
                    + " output, with exit code 0.";

    static final String OPTIONS =
            "The options of a command are in the page of the command and in relay help COMMAND. These are common to"
                    + " all:";

    static final String WRITE_OUT =
            "The format of --write-out is printed when all is over. \\n, \\r and \\t stand for a line break, a carriage"
                    + " return and a tab, %% for a per cent sign, %header{NAME} for a header field of the last response,"
                    + " %{checksum{ALG}} for a digest of the body as it was delivered (ALG as for --checksum, computed because it is"
                    + " asked for; empty when the body did not come to its end),"
                    + " and these for what happened:";

    static final String EXIT_STATUS =
            "The numbers are curl's where curl has one for the same thing, and relay's own from"
                    + " 101. What the commands of this version never meet is listed too: the numbers are a promise.";

    static final Map<String, String> ENVIRONMENT = inOrder(
            "SSL_CERT_FILE",
            "A file of certificates (PEM) that are trusted instead of the system's, unless --cacert names one.",
            "SSL_CERT_DIR",
            "A directory of such files, or several separated by colons, when SSL_CERT_FILE is not set.",
            "http_proxy, HTTPS_PROXY, ALL_PROXY, NO_PROXY",
            "Proxies, and the hosts that need none, as --proxy and --noproxy tell; also https_proxy, all_proxy, no_proxy.",
            "XDG_CONFIG_HOME",
            "The directory of relay/config, when it is an absolute path. Without it: ~/.config.",
            "HOME",
            "The directory that ~ stands for: of .config/relay/config, and of .netrc for --netrc.",
            "TMPDIR",
            "Where --hold keeps what does not stay in memory, in a file without a name. Without it: /tmp.",
            "RELAY_JAVA_OPTS",
            "Options for the Java runtime that relay brings along, separated by blanks.",
            "RELAY_JAVA_HOME, JAVA_HOME",
            "Where Java 25 is, for an installation that brings no runtime along.",
            "LC_ALL, LC_CTYPE, LANG",
            "The locale, by which file names are read, and by which the progress and the code of --qr are drawn in UTF-8 or"
                    + " in ASCII. In the C locale file names are read as UTF-8.",
            "TERM",
            "The kind of terminal: whether a line can be painted over, and whether it has colours. Unset is the same as"
                    + " dumb.",
            "NO_COLOR",
            "When set and not empty, no colours are shown.",
            "COLUMNS",
            "How wide the terminal is, where it does not say so itself. Without it: 80.");

    static final Map<String, String> FILES = inOrder(
            "~/.config/relay/config",
            "Options that hold for every run without --no-config, as --config tells; an option that only other commands"
                    + " know is passed over.",
            "~/.netrc",
            "Users and passwords of hosts, for --netrc.",
            "/usr/share/publicsuffix/public_suffix_list.dat",
            "The domains that no cookie is set for, where the system has the list; else relay knows the best-known alone.",
            "FILE.part",
            "What has arrived of FILE, until all of it has. It stays after a failure only when it could be continued.",
            "FILE.part.meta",
            "What describes FILE.part: where it came from, the validator of its resource, and how much of it is on the"
                    + " disk. Whoever writes the part holds a lock on it.",
            "FILE.1, FILE.2, ...",
            "What --no-clobber writes when FILE exists.");

    private Prose() {}

    /** How the options are introduced that another page tells in full. */
    static String common(String page) {
        return "These hold as they do for the other commands; " + page
                + " tells each in full, with units and defaults.";
    }

    static Map<String, String> inOrder(String... namesAndTexts) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            map.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }
}

package dev.relay.http.cookie;

import dev.relay.http.Secret;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The file format of Netscape, in which curl, wget and browsers exchange cookies: seven fields a line, divided by tabs;
 * {@code #HttpOnly_} before the domain, else {@code #} begins a comment.
 */
public final class NetscapeFile {
    private static final String HTTP_ONLY = "#HttpOnly_";

    private NetscapeFile() {}

    /**
     * The cookies of a file; a malformed line is a fault that names it and does not show it.
     *
     * @param name of the file, for faults
     * @param sessions whether those count that end with their session
     */
    public static List<Cookie> read(String name, String text, boolean sessions) throws FaultException {
        var cookies = new ArrayList<Cookie>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String content = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (content.isBlank() || (content.startsWith("#") && !content.startsWith(HTTP_ONLY))) {
                continue;
            }
            Cookie cookie = cookie(content, name + ":" + number);
            if (sessions || cookie.expiry() != null) {
                cookies.add(cookie);
            }
        }
        return cookies;
    }

    private static Cookie cookie(String line, String where) throws FaultException {
        boolean httpOnly = line.startsWith(HTTP_ONLY);
        String[] fields = (httpOnly ? line.substring(HTTP_ONLY.length()) : line).split("\t", -1);
        // An empty value has lost its tab in many a file.
        if (fields.length != 7 && fields.length != 6) {
            throw malformed(where, "these are not seven fields divided by tabs");
        }
        String domain = (fields[0].startsWith(".") ? fields[0].substring(1) : fields[0]).toLowerCase(Locale.ROOT);
        if (domain.isEmpty() || !fields[2].startsWith("/") || fields[5].isEmpty()) {
            throw malformed(where, "a domain, a path or a name is missing");
        }
        String value = fields.length == 7 ? fields[6] : "";
        if (!line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F))) {
            throw malformed(where, "there is a character that no cookie holds");
        }
        return new Cookie(
                fields[5],
                new Secret(value),
                domain,
                !truth(fields[1], where),
                fields[2],
                truth(fields[3], where),
                httpOnly,
                expiry(fields[4], where));
    }

    private static boolean truth(String text, String where) throws FaultException {
        if (!text.equalsIgnoreCase("TRUE") && !text.equalsIgnoreCase("FALSE")) {
            throw malformed(where, "the second and the fourth field are TRUE or FALSE");
        }
        return text.equalsIgnoreCase("TRUE");
    }

    /** Seconds since 1970, which some write with a fraction; 0 for the end of the session. */
    private static @Nullable Instant expiry(String text, String where) throws FaultException {
        int dot = text.indexOf('.');
        String seconds = dot < 0 ? text : text.substring(0, dot);
        if (seconds.isEmpty() || seconds.length() > 12 || !seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(where, "the fifth field is no time in seconds");
        }
        long since = Long.parseLong(seconds);
        return since == 0 ? null : Instant.ofEpochSecond(since);
    }

    private static FaultException malformed(String where, String why) {
        return Fault.of(ExitCode.INPUT_FAILED, where, why).exception();
    }

    /** The text of a file that holds these. */
    public static String text(List<Cookie> cookies) {
        var text = new StringBuilder(
                "# Netscape HTTP Cookie File\n# Written by relay; each run with -c writes it anew.\n\n");
        for (Cookie cookie : cookies) {
            Instant expiry = cookie.expiry();
            text.append(cookie.httpOnly() ? HTTP_ONLY : "")
                    .append(cookie.hostOnly() ? "" : ".")
                    .append(cookie.domain())
                    .append(cookie.hostOnly() ? "\tFALSE\t" : "\tTRUE\t")
                    .append(cookie.path())
                    .append(cookie.secure() ? "\tTRUE\t" : "\tFALSE\t")
                    .append(expiry == null ? 0 : expiry.getEpochSecond())
                    .append('\t')
                    .append(cookie.name())
                    .append('\t')
                    .append(cookie.value().reveal())
                    .append('\n');
        }
        return text.toString();
    }
}

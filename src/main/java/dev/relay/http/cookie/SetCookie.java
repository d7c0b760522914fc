package dev.relay.http.cookie;

import dev.relay.http.Secret;
import dev.relay.http.Url;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one Set-Cookie field (RFC 6265 §5.2), and decides whether its server may set it (§5.3). */
final class SetCookie {
    private static final int LONGEST = 4096;
    private static final int LONGEST_ATTRIBUTE = 1024;
    /** Later than any clock of ours goes. */
    private static final Instant LAST = Instant.ofEpochSecond(253_402_300_799L);

    private final Instant now;
    private String domain = "";
    private String path = "";
    private boolean secure;
    private boolean httpOnly;
    private @Nullable Instant expires;
    private @Nullable Instant aged;

    private SetCookie(Instant now) {
        this.now = now;
    }

    /**
     * The cookie; null when it is to be ignored.
     *
     * @param suffixes whether a domain is one that the public registers names below
     */
    static @Nullable Cookie read(String field, Url from, Predicate<String> suffixes, Instant now) {
        int end = field.indexOf(';');
        String pair = end < 0 ? field : field.substring(0, end);
        int equals = pair.indexOf('=');
        if (equals < 0 || !isSayable(field)) {
            return null;
        }
        String name = pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if (name.isEmpty() || name.length() + value.length() > LONGEST) {
            return null;
        }
        var read = new SetCookie(now);
        if (end >= 0) {
            for (String attribute : field.substring(end + 1).split(";", -1)) {
                read.attribute(attribute);
            }
        }
        return read.cookie(name, value, from, suffixes);
    }

    private void attribute(String attribute) {
        int equals = attribute.indexOf('=');
        String name = (equals < 0 ? attribute : attribute.substring(0, equals)).strip();
        String value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
        if (value.length() > LONGEST_ATTRIBUTE) {
            return;
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "expires" -> {
                Instant date = CookieDate.parse(value);
                expires = date == null ? expires : date;
            }
            case "max-age" -> aged(value);
            case "domain" -> domain = (value.startsWith(".") ? value.substring(1) : value).toLowerCase(Locale.ROOT);
            case "path" -> path = value;
            case "secure" -> secure = true;
            case "httponly" -> httpOnly = true;
            default -> {}
        }
    }

    private void aged(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return;
        }
        long seconds = digits.length() > 11 ? 99_999_999_999L : Long.parseLong(digits);
        aged = negative || seconds == 0 ? Instant.EPOCH : now.plusSeconds(seconds);
    }

    private @Nullable Cookie cookie(String name, String value, Url from, Predicate<String> suffixes) {
        String host = from.withoutFinalDot().bareHost();
        boolean hostOnly = domain.isEmpty() || (domain.equals(host) && Cookie.isAddress(host));
        if (!hostOnly) {
            if (!Cookie.domainMatches(host, domain)) {
                return null;
            }
            if (suffixes.test(domain)) {
                if (!domain.equals(host)) {
                    return null;
                }
                hostOnly = true;
            }
        }
        if (secure && !from.isSecure()) {
            return null;
        }
        String at = path.startsWith("/") ? path : defaultPath(from.path());
        if (!keepsItsName(name, hostOnly && domain.isEmpty())) {
            return null;
        }
        Instant end = aged != null ? aged : expires;
        Instant expiry = end == null || end.isBefore(LAST) ? end : LAST;
        return new Cookie(name, new Secret(value), hostOnly ? host : domain, hostOnly, at, secure, httpOnly, expiry);
    }

    /** Names that promise how the cookie was set (RFC 6265bis §4.1.3). */
    private boolean keepsItsName(String name, boolean withoutDomain) {
        if (name.regionMatches(true, 0, "__Secure-", 0, 9)) {
            return secure;
        }
        return !name.regionMatches(true, 0, "__Host-", 0, 7) || (secure && withoutDomain && path.equals("/"));
    }

    private static String defaultPath(String path) {
        int last = path.lastIndexOf('/');
        return last <= 0 ? "/" : path.substring(0, last);
    }

    /** What holds anything else could not be sent back as it came, nor be kept on a line. */
    private static boolean isSayable(String field) {
        return field.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }
}

package dev.relay.http.cookie;

import dev.relay.http.Url;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The cookies of a run, and where they may go (RFC 6265 §5.3, §5.4). Any number of threads may use it. */
public final class CookieJar {
    private static final int MOST_OF_A_DOMAIN = 180;
    private static final int MOST = 3000;
    /** More in a request is refused by many a server. */
    private static final int MOST_SENT = 150;

    private static final int LONGEST_SENT = 8190;

    /** In the order in which they came. */
    private final List<Cookie> cookies = new ArrayList<>();

    private final Predicate<String> suffixes;
    private final InstantSource clock;

    /**
     * A jar with what was kept before.
     *
     * @param suffixes whether a domain is one that the public registers names below
     */
    public CookieJar(List<Cookie> kept, Predicate<String> suffixes, InstantSource clock) {
        this.suffixes = suffixes;
        this.clock = clock;
        for (Cookie cookie : kept) {
            put(cookie);
        }
    }

    /** Takes what a response sets. */
    public synchronized void heard(List<String> setCookies, Url from) {
        for (String field : setCookies) {
            Cookie cookie = SetCookie.read(field, from, suffixes, clock.instant());
            if (cookie != null && (from.isSecure() || !hidesSecure(cookie))) {
                put(cookie);
            }
        }
    }

    /** In clear nobody may take the place of a cookie that came over TLS (RFC 6265bis §5.7). */
    private boolean hidesSecure(Cookie cookie) {
        return cookies.stream()
                .anyMatch(other -> other.secure()
                        && other.name().equals(cookie.name())
                        && (Cookie.domainMatches(other.domain(), cookie.domain())
                                || Cookie.domainMatches(cookie.domain(), other.domain()))
                        && Cookie.pathMatches(cookie.path(), other.path()));
    }

    private void put(Cookie cookie) {
        Instant now = clock.instant();
        int place = -1;
        for (int i = 0; i < cookies.size(); i++) {
            if (cookie.replaces(cookies.get(i))) {
                place = i;
            }
        }
        if (cookie.isExpired(now)) {
            if (place >= 0) {
                cookies.remove(place);
            }
        } else if (place >= 0) {
            // It keeps its place: the time when it was first set counts.
            cookies.set(place, cookie);
        } else {
            makeRoom(cookie.domain(), now);
            cookies.add(cookie);
        }
    }

    private void makeRoom(String domain, Instant now) {
        cookies.removeIf(cookie -> cookie.isExpired(now));
        if (cookies.stream().filter(cookie -> cookie.domain().equals(domain)).count() >= MOST_OF_A_DOMAIN) {
            cookies.remove(cookies.stream()
                    .filter(cookie -> cookie.domain().equals(domain))
                    .findFirst()
                    .orElseThrow());
        } else if (cookies.size() >= MOST) {
            cookies.removeFirst();
        }
    }

    /** The value of the Cookie field for a request; empty for none. */
    public synchronized String fieldFor(Url to) {
        String host = to.withoutFinalDot().bareHost();
        Instant now = clock.instant();
        var field = new StringBuilder();
        List<Cookie> fitting = cookies.stream()
                .filter(cookie ->
                        cookie.hostOnly() ? host.equals(cookie.domain()) : Cookie.domainMatches(host, cookie.domain()))
                .filter(cookie -> Cookie.pathMatches(to.path(), cookie.path()))
                .filter(cookie -> (to.isSecure() || !cookie.secure()) && !cookie.isExpired(now))
                .sorted(Comparator.comparingInt((Cookie cookie) -> cookie.path().length())
                        .reversed())
                .limit(MOST_SENT)
                .toList();
        for (Cookie cookie : fitting) {
            String pair = cookie.name() + "=" + cookie.value().reveal();
            if (field.length() + pair.length() + 2 <= LONGEST_SENT) {
                field.append(field.isEmpty() ? "" : "; ").append(pair);
            }
        }
        return field.toString();
    }

    /** All that have not expired, in the order in which they came. */
    public synchronized List<Cookie> cookies() {
        Instant now = Objects.requireNonNull(clock.instant());
        return cookies.stream().filter(cookie -> !cookie.isExpired(now)).toList();
    }
}

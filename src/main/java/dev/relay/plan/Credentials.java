package dev.relay.plan;

import dev.relay.http.Secret;
import dev.relay.http.auth.Login;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the user is known to the server; for the URL's origin alone, but for what a netrc file names hosts for.
 *
 * @param scheme how user and password are sent
 * @param login null for none
 * @param token a bearer token (RFC 6750), which excludes a login; null for none
 * @param netrc the logins of a netrc file
 */
public record Credentials(
        Scheme scheme, @Nullable Login login, @Nullable Secret token, Netrc netrc) {
    public static final Credentials NONE = new Credentials(Scheme.BASIC, null, null, Netrc.EMPTY);

    /** How user and password are sent. */
    public enum Scheme {
        /** Basic (RFC 7617), with the first request. */
        BASIC,
        /** Digest (RFC 7616), when the server has asked for it. */
        DIGEST,
        /** What the server asks for, the safer first. */
        ANY
    }

    /** What a netrc file says, in its order. */
    public record Netrc(List<Entry> entries) {
        public static final Netrc EMPTY = new Netrc(List.of());

        public Netrc {
            entries = List.copyOf(entries);
        }

        /**
         * The login for a host.
         *
         * @param user whose login it must be; null for anyone's
         * @param isNamed whether the file must name the host: an entry for all others does not count then
         */
        public @Nullable Login login(String host, @Nullable String user, boolean isNamed) {
            for (Entry entry : entries) {
                boolean isFor = entry.host() == null ? !isNamed : entry.host().equals(host);
                String login = entry.login().user();
                if (isFor && (user == null || login.isEmpty() || login.equals(user))) {
                    return user == null
                            ? entry.login()
                            : new Login(user, entry.login().password());
                }
            }
            return null;
        }
    }

    /**
     * A login of a netrc file.
     *
     * @param host in lower case; null for every host
     */
    public record Entry(@Nullable String host, Login login) {}
}

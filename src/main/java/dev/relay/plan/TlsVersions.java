package dev.relay.plan;

/**
 * Which versions of TLS may be spoken.
 *
 * @param from the oldest
 * @param to the newest
 */
public record TlsVersions(Version from, Version to) {
    public static final TlsVersions ALL = new TlsVersions(Version.V1_2, Version.V1_3);

    /** A version; those before 1.2 are spoken by nobody who should be trusted (RFC 8996). */
    public enum Version {
        V1_2("TLSv1.2", "1.2"),
        V1_3("TLSv1.3", "1.3");

        private final String protocol;
        private final String number;

        Version(String protocol, String number) {
            this.protocol = protocol;
            this.number = number;
        }

        /** The name that the runtime has for it. */
        public String protocol() {
            return protocol;
        }

        /** {@code 1.2}, {@code 1.3}. */
        public String number() {
            return number;
        }
    }

    public TlsVersions {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException("nothing lies between " + from + " and " + to);
        }
    }

    /** The names of all of them, the newest first. */
    public String[] protocols() {
        return from == to ? new String[] {from.protocol()} : new String[] {to.protocol(), from.protocol()};
    }
}

package dev.relay.io;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the two sides of a TLS handshake have agreed on, and who the other side says that it is.
 *
 * @param version as the JDK names it: {@code TLSv1.3}
 * @param cipher the name of the cipher suite
 * @param protocol what was agreed on by ALPN (RFC 7301); empty for nothing
 * @param chain the server's certificates, its own first
 * @param checked whether they are held against what is trusted
 */
public record Agreement(String version, String cipher, String protocol, List<X509Certificate> chain, boolean checked) {
    public Agreement {
        chain = List.copyOf(chain);
    }
}

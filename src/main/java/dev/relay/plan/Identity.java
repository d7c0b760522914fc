package dev.relay.plan;

import dev.relay.http.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who the client says that it is, to a server that asks for its certificate.
 *
 * @param certificate the file with the certificate, and with those that lead from it to an authority
 * @param form how that is written; null to find out
 * @param key the file with the private key; null when it is in the certificate's
 * @param keyForm how that is written; null to find out
 * @param password what opens the key, or the file with both; null for none
 */
public record Identity(
        Path certificate,
        @Nullable Form form,
        @Nullable Path key,
        @Nullable Form keyForm,
        @Nullable Secret password) {

    /** How certificates and keys are written. */
    public enum Form {
        /** Base64 between lines that say what it is (RFC 7468). */
        PEM,
        /** The bare bytes of one certificate or key. */
        DER,
        /** One file for key and certificates, PKCS #12 (RFC 7292). */
        P12
    }
}

package dev.relay.upstream.identity;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the client's certificate to every server that asks for one, whichever authorities it names: it may know more
 * than it names. Without one it notes that a server has asked.
 */
public final class OwnKeys extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final @Nullable OwnCertificate own;
    private volatile boolean asked;

    /** @param own null for none */
    public OwnKeys(@Nullable OwnCertificate own) {
        this.own = own;
    }

    /** Whether a server has asked for a certificate, and got none. */
    public boolean wasAskedInVain() {
        return asked;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyTypes);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyTypes);
    }

    private @Nullable String choose(String[] keyTypes) {
        if (own != null) {
            String algorithm = own.key().getAlgorithm();
            for (String type : keyTypes) {
                if (type.equals(algorithm)) {
                    return ALIAS;
                }
            }
        }
        asked = own == null;
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(@Nullable String alias) {
        return own == null ? null : own.chain().toArray(new X509Certificate[0]);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(@Nullable String alias) {
        return own == null ? null : own.key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return own != null && own.key().getAlgorithm().equals(keyType) ? new String[] {ALIAS} : new String[0];
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}

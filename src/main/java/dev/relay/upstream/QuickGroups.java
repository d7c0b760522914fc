package dev.relay.upstream;

import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Offers x25519 alone for the key exchange at first: to have a share of secp256r1 ready too, as the JDK always has, costs
 * a fifth of a small exchange. A server that cannot do it refuses the handshake, and is asked again with all groups; the
 * finite-field exchanges are left out as well, so that no server falls back to one of them.
 */
final class QuickGroups implements AlgorithmConstraints {
    private volatile boolean all;

    /** From now on every group is offered. Says whether that makes a difference. */
    boolean offerAll() {
        boolean before = all;
        all = true;
        return !before;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
        if (all || !primitives.contains(CryptoPrimitive.KEY_AGREEMENT)) {
            return true;
        }
        boolean otherGroup = algorithm.startsWith("secp") || algorithm.startsWith("ffdhe") || algorithm.equals("x448");
        return !otherGroup && !algorithm.startsWith("TLS_DHE_");
    }

    @Override
    public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
        return true;
    }

    @Override
    public boolean permits(
            Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
        return true;
    }
}

package dev.relay.upstream.identity;

import dev.relay.http.Secret;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Identity;
import dev.relay.plan.Identity.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of ours, as a client or as a server, and the key that proves that it is ours.
 *
 * @param chain its certificate first, then those that lead to an authority; never empty
 */
public record OwnCertificate(List<X509Certificate> chain, PrivateKey key) {
    /** A file of keys that is larger than that is none. */
    private static final int LARGEST = 1 << 20;

    public OwnCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * What helps whoever named the files.
     *
     * @param key when the key is elsewhere
     * @param password when it is encrypted
     */
    public record Advice(String key, String password) {
        /** For the options of a client. */
        public static final Advice OF_A_CLIENT = new Advice("--key FILE names another file", "--pass gives it");
    }

    /**
     * Reads the files.
     *
     * @throws FaultException 58 when they cannot be used, with the file that is to blame
     */
    public static OwnCertificate read(Identity identity, Advice advice) throws FaultException {
        byte[] file = bytes(identity.certificate());
        Path keyFile = identity.key() == null ? identity.certificate() : identity.key();
        Form form = identity.form() == null ? form(file) : identity.form();
        try {
            OwnCertificate bundle = form == Form.P12 ? store(file, identity.password()) : null;
            List<X509Certificate> chain = bundle != null ? bundle.chain() : chain(file, form);
            if (chain.isEmpty()) {
                throw new CertificateException("no certificate in it");
            }
            PrivateKey key = bundle != null && identity.key() == null
                    ? bundle.key()
                    : key(identity, keyFile, identity.key() == null ? file : bytes(keyFile), advice);
            // One that signs what the certificate cannot verify would be found out by the server, who would not say so.
            if (!KeyPairing.isPair(chain.getFirst().getPublicKey(), key)) {
                String why = "the key is not that of the certificate in " + identity.certificate();
                throw Fault.of(ExitCode.CLIENT_CERTIFICATE, keyFile.toString(), why)
                        .exception();
            }
            return new OwnCertificate(chain, key);
        } catch (WrongPasswordException e) {
            throw unusable(identity.certificate(), e)
                    .withHint(advice.password())
                    .exception(e);
        } catch (GeneralSecurityException e) {
            throw unusable(identity.certificate(), e).exception(e);
        }
    }

    private static PrivateKey key(Identity identity, Path path, byte[] file, Advice advice) throws FaultException {
        try {
            Form form = identity.keyForm() == null ? form(file) : identity.keyForm();
            var keys = new PrivateKeys(identity.password());
            PrivateKey key = switch (form) {
                case PEM -> keys.among(PemBlock.all(file));
                case DER -> keys.bare(file);
                case P12 -> store(file, identity.password()).key();
            };
            if (key == null) {
                throw new InvalidKeySpecException("no private key in it");
            }
            return key;
        } catch (WrongPasswordException e) {
            throw unusable(path, e).withHint(advice.password()).exception(e);
        } catch (GeneralSecurityException e) {
            Fault fault = unusable(path, e);
            boolean other = identity.key() == null && "no private key in it".equals(e.getMessage());
            throw (other ? fault.withHint(advice.key()) : fault).exception(e);
        }
    }

    /** PKCS #12 is told from a bare certificate or key by its first element, the number of its version, which is 3. */
    private static Form form(byte[] file) {
        if (PemBlock.isIn(file)) {
            return Form.PEM;
        }
        try {
            DerElement first = DerElement.of(file).part(0);
            return first.tag() == DerElement.INTEGER && first.number() == 3 ? Form.P12 : Form.DER;
        } catch (InvalidKeySpecException _) {
            // Neither is right: as PEM, which it most likely was meant to be, it is told what is missing.
            return Form.PEM;
        }
    }

    private static List<X509Certificate> chain(byte[] file, Form form) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var chain = new ArrayList<X509Certificate>();
        if (form == Form.DER) {
            chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(file)));
            return chain;
        }
        for (PemBlock block : PemBlock.all(file)) {
            switch (block.label()) {
                case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" ->
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                default -> {}
            }
        }
        return chain;
    }

    private static OwnCertificate store(byte[] file, @Nullable Secret password) throws GeneralSecurityException {
        char[] characters = password == null ? new char[0] : password.reveal().toCharArray();
        var store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(file), characters);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new WrongPasswordException(
                        password == null
                                ? "it is encrypted, and no password was given"
                                : "the password does not open it",
                        e);
            }
            throw new InvalidKeySpecException("it is no PKCS #12 file: " + e.getMessage(), e);
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, characters) instanceof PrivateKey key && store.getCertificateChain(alias) != null) {
                var chain = new ArrayList<X509Certificate>();
                for (Certificate certificate : store.getCertificateChain(alias)) {
                    chain.add((X509Certificate) certificate);
                }
                return new OwnCertificate(chain, key);
            }
        }
        throw new InvalidKeySpecException("no private key with a certificate in it");
    }

    private static byte[] bytes(Path file) throws FaultException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("larger than " + LARGEST + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            String why = e instanceof NoSuchFileException
                    ? "no such file"
                    : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
            throw Fault.of(ExitCode.CLIENT_CERTIFICATE, file.toString(), why).exception(e);
        }
    }

    private static Fault unusable(Path file, GeneralSecurityException e) {
        return Fault.of(ExitCode.CLIENT_CERTIFICATE, file.toString(), String.valueOf(e.getMessage()));
    }
}

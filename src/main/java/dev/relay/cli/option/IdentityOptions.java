package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.SecretValues;
import dev.relay.http.Secret;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Identity;
import dev.relay.plan.Identity.Form;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who the client is, for a server that asks over TLS. */
final class IdentityOptions {
    static final Option CERT = Option.value(
                    "FILE[:PASSWORD]",
                    "Show this certificate to a server that asks for one: PEM, with the certificates that lead to an"
                            + " authority behind it, or PKCS #12. A colon or backslash in the name of FILE is written"
                            + " with a backslash before it; --pass keeps the password from other users' eyes.",
                    "-E",
                    "--cert")
            .completing(Completion.FILE);
    static final Option CERT_TYPE = Option.value(
                    "TYPE", "How the certificate is written. Default: what the file looks like.", "--cert-type")
            .completing(Completion.choice("PEM", "DER", "P12"));
    static final Option KEY = Option.value(
                    "FILE",
                    "The private key of the certificate: PKCS #8, the older forms of RSA (PKCS #1) and EC (SEC 1), each"
                            + " encrypted or not, or PKCS #12. Default: it is in the file of --cert.",
                    "--key")
            .completing(Completion.FILE);
    static final Option KEY_TYPE = Option.value(
                    "TYPE", "How the private key is written. Default: what the file looks like.", "--key-type")
            .completing(Completion.choice("PEM", "DER", "P12"));
    static final Option PASS = Option.value("PASSWORD", "The password of the private key.", "--pass");

    private IdentityOptions() {}

    static @Nullable Identity read(Typed typed, Surroundings surroundings, LocalInput input) throws FaultException {
        String cert = typed.last(CERT);
        if (cert == null) {
            for (Option needing : new Option[] {KEY, PASS, CERT_TYPE, KEY_TYPE}) {
                if (typed.has(needing)) {
                    throw Misuse.of(needing, "needs --cert, which names the certificate");
                }
            }
            return null;
        }
        int colon = colon(cert);
        String file = unescaped(colon < 0 ? cert : cert.substring(0, colon));
        String key = typed.last(KEY);
        String pass = typed.last(PASS);
        Secret password = pass != null
                ? new SecretValues(surroundings, input).read(PASS, pass)
                : colon < 0 ? null : new Secret(cert.substring(colon + 1));
        return new Identity(
                readable(CERT, file, input),
                form(typed, CERT_TYPE),
                key == null ? null : readable(KEY, key, input),
                form(typed, KEY_TYPE),
                password);
    }

    /** The first colon that no backslash stands before, as curl has it; -1 for none. */
    private static int colon(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            i += c == '\\' ? 1 : 0;
        }
        return -1;
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean escape = text.charAt(i) == '\\'
                    && i + 1 < text.length()
                    && (text.charAt(i + 1) == ':' || text.charAt(i + 1) == '\\');
            plain.append(text.charAt(escape ? ++i : i));
        }
        return plain.toString();
    }

    private static @Nullable Form form(Typed typed, Option option) throws FaultException {
        String type = typed.last(option);
        if (type == null) {
            return null;
        }
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "PEM" -> Form.PEM;
            case "DER" -> Form.DER;
            case "P12" -> Form.P12;
            default -> throw Misuse.of(option, Misuse.quoted(type) + " is not PEM, DER or P12");
        };
    }

    private static Path readable(Option option, String typed, LocalInput input) throws FaultException {
        Path file = input.path(option, typed);
        String why = TrustOptions.unreadable(file);
        if (!why.isEmpty()) {
            throw Fault.of(ExitCode.CLIENT_CERTIFICATE, typed, why).exception();
        }
        return file;
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Durations;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Numbers;
import dev.relay.cli.value.SecretValues;
import dev.relay.http.FileName;
import dev.relay.http.Secret;
import dev.relay.http.auth.Login;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Identity;
import dev.relay.plan.Service;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where relay listens, for how long, and who gets in. */
public final class ListenerOptions {
    static final Option PORT = Option.value(
                    "PORT", "The port to listen at, 0 for any that is free. Default: 0.", "--port")
            .often();
    static final Option BIND = Option.value(
                    "ADDRESS",
                    "The address, or name, of this machine to listen at; 0.0.0.0 and :: are all its addresses. Default:"
                            + " 127.0.0.1, which no other machine can reach.",
                    "--bind")
            .completing(Completion.ADDRESS)
            .often();
    static final Option PATH = Option.value(
            "PATH",
            "The path to serve it under, beginning with a slash. Default: /TOKEN/NAME, with listen /TOKEN.",
            "--path");
    static final Option NO_TOKEN =
            Option.flag("Serve it under /NAME, or listen under /, which can be guessed.", "--no-token");
    static final Option WAIT = Option.value(
                    "TIME",
                    "End when nobody is being served for so long: with exit code 103 when nobody came, with 104 when"
                            + " somebody came and did not get everything, or with the code of the failure when that was"
                            + " not the client's doing. Default: 0, no limit.",
                    "--wait")
            .often();
    static final Option TLS = Option.flag(
            "Serve over TLS, with a key and certificate made for this run, whose SHA-256 fingerprint is shown.",
            "--tls");
    static final Option TLS_CERT = Option.value(
                    "FILE",
                    "Serve over TLS with this certificate: PEM, with those that lead to an authority behind it, or"
                            + " PKCS #12.",
                    "--tls-cert")
            .completing(Completion.FILE);
    static final Option TLS_KEY = Option.value(
                    "FILE",
                    "The private key of the certificate, not encrypted. Default: it is in the file of --tls-cert.",
                    "--tls-key")
            .completing(Completion.FILE);
    static final Option AUTH = Option.value(
                    "USER[:PASS]",
                    "Let only those in who give these (Basic, RFC 7617); without --tls they cross the network in clear. A missing"
                            + " password is asked for on the terminal, unseen. What is typed here every user of the machine can"
                            + " see (ps): env:NAME in place of PASS, or of the whole, is the value of a variable, @FILE what"
                            + " stands in FILE without its final line break (@-: on standard input), taken as it is.",
                    "--auth")
            .completing(Completion.AT_FILE);

    public static final OptionGroup GROUP = new OptionGroup(
            "Serving", "Listener", List.of(PORT, BIND, PATH, NO_TOKEN, WAIT, TLS, TLS_CERT, TLS_KEY, AUTH));

    private ListenerOptions() {}

    static @Nullable Duration patience(Typed typed) throws FaultException {
        String wait = typed.last(WAIT);
        return wait == null ? null : Durations.read(WAIT, wait);
    }

    static Service.Place place(Typed typed, LocalInput input) throws FaultException {
        String port = typed.last(PORT);
        String bind = typed.last(BIND);
        if (bind != null && bind.isBlank()) {
            throw Misuse.of(BIND, "the address is empty");
        }
        return new Service.Place(
                bind == null ? "127.0.0.1" : bind,
                port == null ? 0 : Numbers.read(PORT, port, 0, 0xFFFF),
                tls(typed, input));
    }

    private static Service.@Nullable Tls tls(Typed typed, LocalInput input) throws FaultException {
        String certificate = typed.last(TLS_CERT);
        String key = typed.last(TLS_KEY);
        if (certificate == null) {
            if (key != null) {
                throw Misuse.of(TLS_KEY, "needs --tls-cert, which names the certificate");
            }
            return typed.has(TLS) ? new Service.Tls(null) : null;
        }
        return new Service.Tls(new Identity(
                input.path(TLS_CERT, certificate), null, key == null ? null : input.path(TLS_KEY, key), null, null));
    }

    /** Who gets in; a password that is missing is asked for. */
    static Service.Entrance entrance(Typed typed, Surroundings surroundings, LocalInput input) throws FaultException {
        String path = path(typed);
        String auth = typed.last(AUTH);
        Login login = auth == null ? null : new SecretValues(surroundings, input).login(AUTH, auth, "listener");
        return new Service.Entrance(path, !typed.has(NO_TOKEN), login == null ? null : credentials(login));
    }

    private static Secret credentials(Login login) throws FaultException {
        if (login.user().isEmpty()) {
            throw Misuse.of(AUTH, "names no user");
        }
        return new Secret(login.user() + ":" + login.password().reveal());
    }

    private static @Nullable String path(Typed typed) throws FaultException {
        String path = typed.last(PATH);
        if (path == null) {
            return null;
        }
        if (typed.has(NO_TOKEN)) {
            throw Misuse.exclusive(PATH, NO_TOKEN);
        }
        if (!path.startsWith("/") || path.startsWith("//")) {
            throw Misuse.of(PATH, Misuse.quoted(path) + " does not begin with one slash");
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0 || path.contains("/.")) {
            throw Misuse.of(PATH, Misuse.quoted(path) + " is more than a path: no query, fragment or dots");
        }
        return FileName.encodedPath(path);
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.NetrcFile;
import dev.relay.cli.value.SecretValues;
import dev.relay.http.Secret;
import dev.relay.http.Url;
import dev.relay.http.auth.Login;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Credentials;
import dev.relay.plan.Credentials.Netrc;
import dev.relay.plan.Credentials.Scheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the user is known to the server. */
public final class CredentialOptions {
    static final Option USER = Option.value(
                    "USER[:PASS]",
                    "Log in as USER, for the URL's origin alone. A missing password is asked for on the terminal, unseen. What is"
                            + " typed here every user of the machine can see (ps): env:NAME in place of PASS, or of the whole,"
                            + " is the value of a variable, @FILE what stands in FILE without its final line break (@-: on"
                            + " standard input), taken as it is. Comes before credentials in the URL, and these before a netrc"
                            + " file; -H 'Authorization: …' comes before all.",
                    "-u",
                    "--user")
            .completing(Completion.AT_FILE)
            .often();
    static final Option BEARER = Option.value(
                    "TOKEN",
                    "Send this bearer token (RFC 6750), for the URL's origin alone; env:NAME and @FILE as for --user.",
                    "--bearer",
                    "--oauth2-bearer")
            .completing(Completion.AT_FILE)
            .often();
    static final Option BASIC = Option.flag(
            "Send user and password with the first request, readable for whoever sees it (Basic, RFC 7617): the default.",
            "--basic");
    static final Option DIGEST = Option.flag(
            "Prove to know the password when the server asks for it, without sending it (Digest, RFC 7616): MD5, SHA-256,"
                    + " SHA-512-256, qop=auth. The server's nonce serves all later requests of the run.",
            "--digest");
    static final Option ANYAUTH = Option.flag(
            "Send no credentials before the server asks for them; then Digest where it can, else Basic.", "--anyauth");
    static final Option NETRC = Option.flag(
            "Take user and password from ~/.netrc, also those for hosts that redirects lead to and that it names, and"
                    + " rather than a password in the URL. Where there is no such file, or no entry, none are sent.",
            "-n",
            "--netrc");
    static final Option NETRC_FILE = Option.value("FILE", "As --netrc, from FILE, which must be there.", "--netrc-file")
            .completing(Completion.FILE);
    static final Option NETRC_OPTIONAL = Option.flag(
            "As --netrc, but credentials in the URL come first, and FILE of --netrc-file may be missing.",
            "--netrc-optional");

    public static final OptionGroup GROUP = new OptionGroup(
            "Credentials", List.of(USER, BEARER, BASIC, DIGEST, ANYAUTH, NETRC, NETRC_FILE, NETRC_OPTIONAL));

    private CredentialOptions() {}

    /**
     * What is typed, in the URL, or in a netrc file; nothing where the user sends an Authorization field.
     *
     * @param own whether the user sends one
     */
    public static Credentials read(Typed typed, Surroundings surroundings, LocalInput input, Url url, boolean own)
            throws FaultException {
        Secret inUrl = url.userInfo();
        Option first = typed.lastOf(USER, BEARER, DIGEST, ANYAUTH, NETRC, NETRC_FILE, NETRC_OPTIONAL);
        if (first == null && inUrl == null) {
            return Credentials.NONE;
        }
        if (typed.has(USER) && typed.has(BEARER)) {
            throw Misuse.exclusive(USER, BEARER);
        }
        Scheme scheme = scheme(typed);
        Netrc netrc = netrc(typed, surroundings, input);
        if (own) {
            return new Credentials(scheme, null, null, netrc);
        }
        var secrets = new SecretValues(surroundings, input);
        String token = typed.last(BEARER);
        if (token != null) {
            return new Credentials(scheme, null, token(secrets, token), netrc);
        }
        String user = typed.last(USER);
        Login login = user != null
                ? secrets.login(USER, user, "host")
                : fromNetrc(inUrl == null ? null : Login.of(inUrl.reveal()), typed.has(NETRC_OPTIONAL), netrc, url);
        return new Credentials(scheme, login, null, netrc);
    }

    /** Of several the last one counts. */
    private static Scheme scheme(Typed typed) {
        Option last = typed.lastOf(BASIC, DIGEST, ANYAUTH);
        return last == DIGEST ? Scheme.DIGEST : last == ANYAUTH ? Scheme.ANY : Scheme.BASIC;
    }

    private static Secret token(SecretValues secrets, String text) throws FaultException {
        Secret token = secrets.read(BEARER, text);
        String value = token.reveal();
        if (value.isEmpty()) {
            throw Misuse.of(BEARER, "the token is empty");
        }
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) < ' ' || value.charAt(at) >= 0x7F) {
                throw Misuse.of(BEARER, "the token holds a character that no header field can");
            }
        }
        return token;
    }

    private static Netrc netrc(Typed typed, Surroundings surroundings, LocalInput input) throws FaultException {
        String file = typed.last(NETRC_FILE);
        if (file != null) {
            boolean mayBeMissing = typed.has(NETRC_OPTIONAL) && Files.notExists(input.path(NETRC_FILE, file));
            return mayBeMissing ? Netrc.EMPTY : NetrcFile.read(file, input.text(NETRC_FILE, file));
        }
        String home = surroundings.environment().get("HOME");
        if (home == null || home.isEmpty() || typed.lastOf(NETRC, NETRC_OPTIONAL) == null) {
            return Netrc.EMPTY;
        }
        Path usual = Path.of(home, ".netrc");
        return Files.notExists(usual) ? Netrc.EMPTY : NetrcFile.read("~/.netrc", input.text(NETRC, usual.toString()));
    }

    /**
     * The login for the URL's own origin.
     *
     * @param inUrl its own; a user without a password means the user's entry
     */
    private static @Nullable Login fromNetrc(@Nullable Login inUrl, boolean urlFirst, Netrc netrc, Url url) {
        if (inUrl != null && urlFirst && inUrl.hasPassword()) {
            return inUrl;
        }
        Login entry = netrc.login(url.withoutFinalDot().bareHost(), inUrl == null ? null : inUrl.user(), false);
        return entry == null ? inUrl : entry;
    }
}

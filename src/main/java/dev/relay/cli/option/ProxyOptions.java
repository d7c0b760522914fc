package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.HeaderEdits;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.ProxyText;
import dev.relay.cli.value.SecretValues;
import dev.relay.http.Headers;
import dev.relay.http.auth.Login;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Bypass;
import dev.relay.plan.Proxy;
import dev.relay.plan.Proxy.Kind;
import dev.relay.plan.Proxying;
import dev.relay.plan.Proxying.Scheme;
import dev.relay.plan.TlsVersions;
import dev.relay.plan.Trust;
import dev.relay.plan.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who connects in our place, and what is said to it. */
public final class ProxyOptions {
    static final Option PROXY = Option.value(
                    "[SCHEME://][USER[:PASS]@]HOST[:PORT]",
                    "Ask this proxy: http (the default), https, socks4, socks4a, socks5 or socks5h; at 4a and 5h it looks the names"
                            + " of servers up. Default port: 1080, 443 for https. https URLs go through a connection that the proxy"
                            + " makes and cannot look into; http URLs are put to an HTTP proxy as they are. '' asks none. Default:"
                            + " the variables http_proxy (in lower case alone) and https_proxy or HTTPS_PROXY, else all_proxy or"
                            + " ALL_PROXY. Through a proxy, HTTP/1.1 is spoken.",
                    "-x",
                    "--proxy")
            .completing(Completion.choice("http://", "https://", "socks4://", "socks4a://", "socks5://", "socks5h://"));
    static final Option USER = Option.value(
                    "USER:PASS",
                    "Show this login to the proxy. @FILE and env:NAME, in place of PASS or of all, read it from there; without PASS"
                            + " it is asked for.",
                    "-U",
                    "--proxy-user")
            .completing(Completion.AT_FILE);
    static final Option BASIC = Option.flag("Show the login as Basic (RFC 7617): the default.", "--proxy-basic");
    static final Option DIGEST =
            Option.flag("Show the login as Digest (RFC 7616), once the proxy asks for it.", "--proxy-digest");
    static final Option ANYAUTH =
            Option.flag("Show the login as the proxy asks for it, as Digest where that is offered.", "--proxy-anyauth");
    static final Option HEADER = Option.value(
                    "HEADER",
                    "Send this header field to an HTTP proxy, and to no server; @FILE reads one from each line. Repeatable.",
                    "--proxy-header")
            .completing(Completion.AT_FILE);
    static final Option TUNNEL = Option.flag(
            "Have an HTTP proxy make a connection (CONNECT) for http URLs, too, rather than forward each request.",
            "-p",
            "--proxytunnel");
    static final Option NOPROXY = Option.value(
            "LIST",
            "Ask no proxy for these hosts: names, which stand for all names below them, too; addresses; nets"
                    + " (10.0.0.0/8); or * for all. Default: the variable no_proxy or NO_PROXY.",
            "--noproxy");
    static final Option SOCKS4 = Option.value("HOST[:PORT]", "The same as -x socks4://HOST.", "--socks4");
    static final Option SOCKS4A = Option.value("HOST[:PORT]", "The same as -x socks4a://HOST.", "--socks4a");
    static final Option SOCKS5 = Option.value("HOST[:PORT]", "The same as -x socks5://HOST.", "--socks5");
    static final Option SOCKS5_HOSTNAME =
            Option.value("HOST[:PORT]", "The same as -x socks5h://HOST.", "--socks5-hostname");
    static final Option CACERT = Option.value(
                    "FILE",
                    "Trust an https proxy by the certificates in FILE (PEM) and no others. Default: as for servers without"
                            + " --cacert.",
                    "--proxy-cacert")
            .completing(Completion.FILE);
    static final Option INSECURE = Option.flag("Trust any https proxy.", "--proxy-insecure");

    public static final OptionGroup GROUP = new OptionGroup(
            "Exchange",
            "Proxies",
            List.of(
                    PROXY,
                    USER,
                    BASIC,
                    DIGEST,
                    ANYAUTH,
                    HEADER,
                    TUNNEL,
                    NOPROXY,
                    SOCKS4,
                    SOCKS4A,
                    SOCKS5,
                    SOCKS5_HOSTNAME,
                    CACERT,
                    INSECURE));

    private final Typed typed;
    private final Surroundings surroundings;
    private final LocalInput input;

    private ProxyOptions(Typed typed, Surroundings surroundings, LocalInput input) {
        this.typed = typed;
        this.surroundings = surroundings;
        this.input = input;
    }

    static Proxying read(Typed typed, Surroundings surroundings, LocalInput input) throws FaultException {
        return new ProxyOptions(typed, surroundings, input).read();
    }

    private Proxying read() throws FaultException {
        Bypass bypass = bypass();
        if (bypass.covers("")) {
            return Proxying.NONE;
        }
        Proxy clear;
        Proxy secure;
        Option given = typed.lastOf(PROXY, SOCKS4, SOCKS4A, SOCKS5, SOCKS5_HOSTNAME);
        if (given != null) {
            String text = String.valueOf(typed.last(given));
            clear = text.isEmpty() ? null : ProxyText.parse(given.name(), text, kind(given));
            secure = clear;
        } else {
            clear = named("http_proxy", "all_proxy", "ALL_PROXY");
            secure = named("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY");
        }
        Scheme scheme = scheme();
        if (clear == null && secure == null) {
            return Proxying.NONE;
        }
        String user = typed.last(USER);
        if (user != null) {
            Login login = new SecretValues(surroundings, input).login(USER, user, "proxy");
            clear = clear == null ? null : clear.with(login);
            secure = secure == null ? null : secure.with(login);
        }
        return new Proxying(clear, secure, bypass, typed.has(TUNNEL), scheme, headers(), trust());
    }

    private static Kind kind(Option given) {
        return given == SOCKS4
                ? Kind.SOCKS4
                : given == SOCKS4A
                        ? Kind.SOCKS4A
                        : given == SOCKS5 ? Kind.SOCKS5 : given == SOCKS5_HOSTNAME ? Kind.SOCKS5H : Kind.HTTP;
    }

    /** The proxy in the first of these variables that has one. HTTP_PROXY is none of them: in a CGI script, a client can set it. */
    private @Nullable Proxy named(String... variables) throws FaultException {
        for (String variable : variables) {
            String value = variable(variable);
            if (!value.isEmpty()) {
                return ProxyText.parse(variable, value, Kind.HTTP);
            }
        }
        return null;
    }

    private Bypass bypass() {
        String typedList = typed.last(NOPROXY);
        if (typedList != null) {
            return Bypass.of(typedList);
        }
        String lower = variable("no_proxy");
        return Bypass.of(lower.isEmpty() ? variable("NO_PROXY") : lower);
    }

    private String variable(String name) {
        Map<String, String> environment = surroundings.environment();
        String value = environment.get(name);
        return value == null ? "" : value;
    }

    private Scheme scheme() throws FaultException {
        Option given = typed.lastOf(BASIC, DIGEST, ANYAUTH);
        for (Option other : new Option[] {BASIC, DIGEST, ANYAUTH}) {
            if (given != null && given != other && typed.has(other)) {
                throw Misuse.exclusive(given, other);
            }
        }
        return given == DIGEST ? Scheme.DIGEST : given == ANYAUTH ? Scheme.ANY : Scheme.BASIC;
    }

    private Headers headers() throws FaultException {
        var edits = new HeaderEdits();
        String agent = typed.last(RequestOptions.USER_AGENT);
        edits.preset(RequestOptions.USER_AGENT, "User-Agent", agent == null ? "relay/" + Version.NUMBER : agent);
        for (String header : typed.all(HEADER)) {
            if (header.startsWith("@")) {
                edits.editAll(HEADER, input.text(HEADER, header.substring(1)));
            } else {
                edits.edit(HEADER, header);
            }
        }
        return edits.headers();
    }

    private Trust trust() throws FaultException {
        Path file = TrustOptions.authority(CACERT, typed.last(CACERT), input);
        boolean verify = !typed.has(INSECURE);
        return verify && file == null ? Trust.SYSTEM : new Trust(verify, file, null, TlsVersions.ALL, null, List.of());
    }
}

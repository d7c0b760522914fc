package dev.relay.cli.value;

import dev.relay.http.Url;
import dev.relay.http.auth.Login;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Proxy;
import dev.relay.plan.Proxy.Kind;
import java.util.Locale;

/** Proxies as curl writes them: {@code [scheme://][user[:password]@]host[:port]}. No fault shows what may be a password. */
public final class ProxyText {
    private ProxyText() {}

    /**
     * Reads one.
     *
     * @param where what is to blame when it cannot be read: an option, or a variable of the environment
     * @param otherwise what is spoken when it names no scheme
     */
    public static Proxy parse(String where, String text, Kind otherwise) throws FaultException {
        int slashes = text.indexOf("://");
        Kind kind = slashes < 0 ? otherwise : kind(where, text.substring(0, slashes));
        String rest = slashes < 0 ? text : text.substring(slashes + 3);
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(0, end);
        Url url;
        try {
            url = Url.parse("http://" + authority + "/");
        } catch (FaultException e) {
            throw Misuse.of(where, "names no proxy: " + e.fault().why());
        }
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.indexOf(':', Math.max(hostAndPort.indexOf(']'), 0));
        boolean hasPort = colon >= 0 && colon + 1 < hostAndPort.length();
        int usual = kind == Kind.HTTPS ? Url.defaultPort("https") : Proxy.DEFAULT_PORT;
        int port = hasPort ? url.port() : usual;
        Login login = url.userInfo() == null ? null : Login.of(url.userInfo().reveal());
        return new Proxy(kind, url.host(), port, login);
    }

    private static Kind kind(String where, String scheme) throws FaultException {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Kind.HTTP;
            case "https" -> Kind.HTTPS;
            case "socks", "socks4" -> Kind.SOCKS4;
            case "socks4a" -> Kind.SOCKS4A;
            case "socks5" -> Kind.SOCKS5;
            case "socks5h" -> Kind.SOCKS5H;
            default ->
                throw Misuse.of(
                        where,
                        "relay knows no proxies of the scheme " + Misuse.quoted(scheme),
                        "http, https, socks4, socks4a, socks5 or socks5h");
        };
    }
}

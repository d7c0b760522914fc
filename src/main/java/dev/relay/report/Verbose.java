package dev.relay.report;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.http.Url;
import dev.relay.io.Agreement;
import dev.relay.io.Witness;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

/** Shows the exchange as it happens, as curl does: {@code * } events, {@code > } the request, {@code < } the response. */
final class Verbose implements Witness {
    private static final String EVENT = "* ";
    private static final String REQUEST = "> ";
    private static final String RESPONSE = "< ";

    private final Stderr err;
    private final Notes notes;
    private final Connections connections = new Connections();

    Verbose(Stderr err, Notes notes) {
        this.err = err;
        this.notes = notes;
    }

    @Override
    public void resolved(String host, List<InetAddress> addresses) {
        if (host.indexOf(':') >= 0
                || (addresses.size() == 1 && host.equals(addresses.getFirst().getHostAddress()))) {
            // An address and no name: nothing was looked up.
            return;
        }
        var line = new StringBuilder("Host ").append(host).append(" has the addresses ");
        for (int i = 0; i < addresses.size(); i++) {
            line.append(i == 0 ? "" : ", ").append(addresses.get(i).getHostAddress());
        }
        err.line(EVENT, line.toString());
    }

    @Override
    public synchronized void connected(Url url, InetAddress address, int port) {
        String to = url.bareHost() + " (" + address.getHostAddress() + ") port " + port;
        err.line(EVENT, "Connected to " + to + " (#" + connections.opened(url).number() + ")");
    }

    @Override
    public synchronized void connected(Url url, Path socket) {
        String to = url.bareHost() + " by the socket " + socket;
        err.line(EVENT, "Connected to " + to + " (#" + connections.opened(url).number() + ")");
    }

    @Override
    public synchronized void tunnelRequested(String authority, Headers headers) {
        err.line(REQUEST, "CONNECT " + authority + " HTTP/1.1");
        fields(REQUEST, headers);
    }

    @Override
    public void tunnelAnswered(Head head) {
        answered(head);
    }

    @Override
    public void detoured(String proxy, String destination) {
        err.line(EVENT, "The proxy " + proxy + " has connected to " + destination);
    }

    @Override
    public void forwarded(String proxy) {
        err.line(EVENT, "The proxy " + proxy + " forwards the request:");
    }

    @Override
    public synchronized void secured(Url url, Agreement agreement) {
        String how = agreement.checked() ? " was accepted" : " was not checked";
        handshake(agreement, "the certificate of " + url.bareHost() + how);
    }

    @Override
    public synchronized void distrusted(Url url, Agreement agreement) {
        handshake(agreement, "the certificate of " + url.bareHost() + " was refused");
    }

    private void handshake(Agreement agreement, String verdict) {
        for (String line : Handshake.lines(agreement)) {
            err.line(EVENT, line);
        }
        err.line(EVENT, "TLS: " + verdict);
    }

    @Override
    public synchronized void reused(Url url, boolean certain) {
        Connections.Named named = connections.reused(url);
        String which = named == null ? url.bareHost() : named.toString();
        err.line(
                EVENT,
                certain
                        ? "Using the connection to " + which + " again"
                        : "Using the connection to " + which + " again, or a new one if the server has closed it");
    }

    @Override
    public synchronized void broken() {
        Connections.Named named = connections.current();
        if (named != null) {
            err.line(EVENT, "The connection to " + named + " broke");
        }
    }

    /** Where several connections are told of at a time, says which of them the next lines are about. */
    private void turn() {
        Connections.Named named = connections.changed();
        if (named != null) {
            err.line(EVENT, "On the connection to " + named + ":");
        }
    }

    @Override
    public synchronized void requested(String method, Url url, String version, Headers headers) {
        turn();
        // Over TLS the handshake chooses the version: until then there is none to show.
        err.line(REQUEST, method + " " + url.target() + (version.startsWith("HTTP/") ? " " + version : ""));
        // The transport sends it by itself; without it the request would be shown as one that no server accepts.
        if (!headers.contains("Host")) {
            err.line(REQUEST, "Host: " + url.authority());
        }
        fields(REQUEST, headers);
    }

    @Override
    public synchronized void answered(Head head) {
        turn();
        err.line(RESPONSE, head.statusLine());
        fields(RESPONSE, head.headers());
    }

    @Override
    public void redirected(Url from, Url to) {
        err.line(EVENT, "Following the redirect to " + to);
    }

    @Override
    public void note(String text) {
        notes.note(text);
    }

    private void fields(String prefix, Headers headers) {
        for (Field field : headers.fields()) {
            err.line(prefix, field.name() + ": " + FieldText.of(Redaction.ofField(field)));
        }
        err.line(prefix, "");
    }
}

package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Witness;
import dev.relay.plan.Parallel;
import dev.relay.plan.Plan;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one source go over: the JDK's client and connections of relay's own, each made when a request first
 * needs it. It may be closed from another thread than the one that asks; nothing is made after that.
 */
final class Connections implements Closeable {
    private final Plan plan;
    private final Map<String, String> environment;
    private final Anchors anchors;
    private final Witness witness;
    /** Those that other sources go over too: they are closed last. */
    private final Set<Client> lent = new HashSet<>();

    private @Nullable Client client;
    private @Nullable WireExchange wire;
    /** Whether the client is this source's, not one that it was lent. */
    private boolean own = true;

    private boolean closed;

    Connections(Plan plan, Map<String, String> environment, Witness witness) {
        this(plan, environment, new Anchors(plan.trust(), environment), witness);
    }

    private Connections(Plan plan, Map<String, String> environment, Anchors anchors, Witness witness) {
        this.plan = plan;
        this.environment = environment;
        this.anchors = anchors;
        this.witness = witness;
    }

    /** How many responses of a plan may arrive at a time. */
    static int streams(Plan plan) {
        Parallel parallel = plan.request().parallel();
        return parallel == null ? 1 : parallel.connections();
    }

    /** @throws InterruptedIOException when it is closed */
    synchronized Client client() throws IOException {
        Client made = client;
        if (made == null) {
            checkOpen();
            made = new Client(anchors, plan.routing().local(), plan.limits(), streams(plan), witness);
            client = made;
        }
        return made;
    }

    /** @throws InterruptedIOException when it is closed */
    synchronized WireExchange wire() throws IOException {
        WireExchange made = wire;
        if (made == null) {
            checkOpen();
            var dialer = new Dialer(plan.routing(), plan.limits(), anchors, environment, witness);
            made = new WireExchange(dialer, plan.limits(), witness);
            wire = made;
        }
        return made;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new InterruptedIOException("stopped");
        }
    }

    /** @param shared whether the other source goes over this one's client */
    synchronized Connections beside(Plan otherwise, Witness other, boolean shared) {
        var beside = new Connections(otherwise, environment, anchors, other);
        Client mine = client;
        if (shared && mine != null) {
            if (own) {
                lent.add(mine);
            }
            beside.lend(mine);
        }
        return beside;
    }

    private synchronized void lend(Client others) {
        client = others;
        own = false;
    }

    /** The client's connections may be dead: over HTTP/2, it would ask again on the same one. */
    synchronized void giveUp() {
        closeOwn();
        client = null;
        own = true;
    }

    /** A connection to that origin was given up: the next request makes a new one. */
    synchronized void forget(Url url) {
        if (client != null) {
            client.forget(url);
        }
    }

    /** Whether the connection that a body came over was ended as TLS ends one. */
    synchronized boolean saidGoodbye() {
        return client == null || client.saidGoodbye();
    }

    private void closeOwn() {
        if (client != null && own && !lent.contains(client)) {
            client.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (wire != null) {
            wire.close();
        }
        closeOwn();
        for (Client one : lent) {
            one.close();
        }
    }
}

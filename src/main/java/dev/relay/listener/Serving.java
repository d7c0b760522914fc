package dev.relay.listener;

import dev.relay.http.FileName;
import dev.relay.http.Headers;
import dev.relay.io.Cancellation;
import dev.relay.io.Deadline;
import dev.relay.io.Ledger;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Plan;
import dev.relay.plan.Service;
import dev.relay.sink.Sinks;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** {@code relay serve}: hands something over to as many clients as it was told to, and ends. */
public final class Serving {
    /** How long what is under way for a client that has everything may go on. */
    private static final long GRACE_MILLIS = 3000;

    private final Service service;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final Consumer<List<String>> announce;
    private final Runnable first;

    /**
     * Something to be served.
     *
     * @param announce is told the URLs, the one that was printed first, once they can be used
     * @param first is run when the first client has come, by the thread of {@link #run}
     */
    public Serving(
            Service service,
            Surroundings surroundings,
            Ledger ledger,
            Consumer<List<String>> announce,
            Runnable first) {
        this.first = first;
        this.service = service;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.announce = announce;
    }

    /** What is served, as it may be shown. */
    public static String shown(Service service) {
        return Origins.shown(service.source());
    }

    /** Runs it to its end; never throws for what clients, sources and networks do. */
    public Outcome run(Cancellation cancellation) {
        String where = Origins.shown(service.source());
        if (service.limits().total() != null) {
            Deadline.start(service.limits().total(), where, cancellation);
        }
        Outcome outcome;
        try {
            outcome = serve(where);
        } catch (InterruptedException e) {
            outcome = new Outcome.Failed(Listening.stopped(where), e);
        } catch (ReaderGoneException _) {
            outcome = new Outcome.ReaderGone();
        } catch (FaultException e) {
            outcome = new Outcome.Failed(e.fault(), e.getCause());
        } catch (IOException e) {
            outcome = Listening.failed(e, where);
        }
        Outcome reason = cancellation.settle();
        // What an interrupt has ended is over: what is told next must not be ended by it.
        boolean _ = Thread.interrupted();
        return reason != null && !(outcome instanceof Outcome.Delivered) ? reason : outcome;
    }

    private Outcome serve(String where) throws IOException, InterruptedException {
        if (service.source() instanceof Service.Duplex duplex) {
            Plan plan = duplex.plan();
            var passing = new Passing(service.policy(), service.entrance().credentials() != null);
            var known = new Origin.Known(FileName.fromUrl(plan.request().url()).orElse("duplex"), -1);
            return serve(
                    known,
                    where,
                    (gate, turns, presenting) ->
                            new Bridge(gate, turns, passing, presenting, plan, surroundings, ledger));
        }
        try (Origin origin = Origins.of(service, surroundings, ledger)) {
            return serve(
                    origin.prepare(),
                    where,
                    (gate, turns, presenting) ->
                            new Counter(gate, origin, turns, presenting, ledger, surroundings.nanoTime()));
        }
    }

    /** Who serves those that come. */
    private interface Hosting {
        Door.Host of(Gate gate, Turns turns, Presenting presenting);
    }

    private Outcome serve(Origin.Known known, String where, Hosting hosting) throws IOException, InterruptedException {
        String name = service.presented().name() == null
                ? known.name()
                : service.presented().name();
        String path = path(name);
        var turns = new Turns(service.count(), surroundings.nanoTime(), where);
        var listening = new Listening(service.place());
        Gate gate = new Gate(FileName.decodedText(path), service.entrance().credentials(), listening.names());
        var presenting = new Presenting(service.presented(), service.policy(), name);
        try (Door door = listening.at(hosting.of(gate, turns, presenting))) {
            List<String> urls = listening.urls(door.port(), path);
            if (listening.fingerprint() != null) {
                ledger.note("the certificate is relay's own, with the SHA-256 fingerprint " + listening.fingerprint());
            }
            ledger.note("serving " + name + (known.length() < 0 ? "" : ", " + Told.size(known.length())) + times());
            door.open();
            Sinks.print(urls.getFirst() + "\n", surroundings);
            announce.accept(urls);
            if (service.presented().open()) {
                Browser.open(urls.getFirst(), ledger::note);
            }
            Outcome outcome = turns.await(service.patience(), first);
            door.awaitEmpty(outcome instanceof Outcome.Delivered ? GRACE_MILLIS : 0);
            return outcome;
        }
    }

    private String times() {
        return service.count() == 1 ? ", once" : ", " + service.count() + " times";
    }

    private String path(String name) {
        String path = service.entrance().path();
        if (path != null) {
            return path;
        }
        String last = "/" + FileName.encoded(name);
        return service.entrance().token() ? "/" + Token.make() + last : last;
    }

    /** The response headers of those who come while another is served. */
    static Headers later() {
        return new Headers(List.of(new Headers.Field("Retry-After", "5")));
    }
}

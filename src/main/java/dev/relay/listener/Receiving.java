package dev.relay.listener;

import dev.relay.http.FileName;
import dev.relay.io.Cancellation;
import dev.relay.io.Ledger;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Delivery;
import dev.relay.plan.Reception;
import dev.relay.sink.Sinks;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** {@code relay listen}: receives from one client, answers it, and ends. */
public final class Receiving {
    /** How long the client that was heard out may take to close its connection. */
    private static final long GRACE_MILLIS = 3000;

    private static final String WHERE = "listen";

    private final Reception reception;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final Consumer<List<String>> announce;
    private final Runnable first;

    /**
     * Somebody to be received.
     *
     * @param announce is told the URLs, the likeliest first, once they can be used
     * @param first is run when a client has come, by the thread of {@link #run}
     */
    public Receiving(
            Reception reception,
            Surroundings surroundings,
            Ledger ledger,
            Consumer<List<String>> announce,
            Runnable first) {
        this.first = first;
        this.reception = reception;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.announce = announce;
    }

    /** Runs it to its end; never throws for what clients, standard input and standard output do. */
    public Outcome run(Cancellation cancellation) {
        Outcome outcome;
        try {
            outcome = receive();
        } catch (InterruptedException e) {
            outcome = new Outcome.Failed(Listening.stopped(WHERE), e);
        } catch (FaultException e) {
            outcome = new Outcome.Failed(e.fault(), e.getCause());
        } catch (IOException e) {
            outcome = Listening.failed(e, WHERE);
        }
        Outcome reason = cancellation.settle();
        // What an interrupt has ended is over: what is told next must not be ended by it.
        boolean _ = Thread.interrupted();
        return reason != null && !(outcome instanceof Outcome.Delivered) ? reason : outcome;
    }

    private Outcome receive() throws IOException, InterruptedException {
        var turns = new Turns(1, surroundings.nanoTime(), WHERE);
        var listening = new Listening(reception.place());
        String path = path();
        Gate gate = new Gate(FileName.decodedText(path), reception.entrance().credentials(), listening.names());
        Feed feed = new Feed(reception.answered() ? surroundings.stdin() : InputStream.nullInputStream());
        try (Sink sink = Sinks.of(new Delivery.Stdout(reception.raw()), surroundings, ledger::note);
                Door door = listening.at(new Desk(gate, turns, feed, sink, reception, surroundings, ledger))) {
            List<String> urls = listening.urls(door.port(), path);
            if (listening.fingerprint() != null) {
                ledger.note("the certificate is relay's own, with the SHA-256 fingerprint " + listening.fingerprint());
            }
            door.open();
            announce.accept(urls);
            Outcome outcome = turns.await(reception.patience(), first);
            door.awaitEmpty(outcome instanceof Outcome.Delivered ? GRACE_MILLIS : 0);
            return outcome;
        }
    }

    private String path() {
        String path = reception.entrance().path();
        if (path != null) {
            return path;
        }
        return reception.entrance().token() ? "/" + Token.make() : "/";
    }
}

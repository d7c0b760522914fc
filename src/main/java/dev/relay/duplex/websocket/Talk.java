package dev.relay.duplex.websocket;

import dev.relay.duplex.Answer;
import dev.relay.duplex.Call;
import dev.relay.duplex.Conduct;
import dev.relay.duplex.Opening;
import dev.relay.duplex.Refusal;
import dev.relay.duplex.Severed;
import dev.relay.http.Head;
import dev.relay.http.Url;
import dev.relay.io.Cancellation;
import dev.relay.io.Ledger;
import dev.relay.io.Pump;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Delivery;
import dev.relay.plan.Messages;
import dev.relay.plan.Plan;
import dev.relay.upstream.Dialer;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;

/** {@code relay duplex} with a WebSocket: messages of standard input go out, those that come go to standard output. */
public final class Talk {
    private static final int READ_AHEAD = 128 * 1024;

    private final Plan plan;
    private final Messages messages;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final Url url;

    public Talk(Plan plan, Messages messages, Surroundings surroundings, Ledger ledger) {
        this.plan = plan;
        this.messages = messages;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.url = plan.request().url();
    }

    /** Runs it to its end; never throws for what a server, a reader or standard input does. */
    public Outcome run(Cancellation cancellation) {
        return Conduct.run(plan, surroundings, ledger, cancellation, this::converse);
    }

    private Outcome converse(Sink sink) throws IOException {
        var dialer = new Dialer(plan.routing(), plan.trust(), plan.limits(), surroundings.environment(), ledger);
        Call call = Opening.call(plan);
        while (true) {
            try (Line line = dialer.dial(url, List.of("http/1.1")).line()) {
                var inlet = new Inlet(line, READ_AHEAD);
                var handshake = new Handshake(call, messages.subprotocols(), new SecureRandom());
                Head head = head(handshake, line, inlet);
                if (Handshake.isDone(head)) {
                    ledger.course().flowBothWays();
                    return new Dialogue(plan, messages, surroundings, ledger).hold(head, line, inlet, sink);
                }
                Call answering = Opening.answering(head, call, plan.request().credentials());
                if (answering == null) {
                    return refused(handshake.otherwise(head, line, inlet), sink);
                }
                // The answer to a challenge has a field that a call which awaits one has not: there is no third.
                call = answering;
            }
        }
    }

    private Head head(Handshake handshake, Line line, Inlet inlet) throws IOException {
        try {
            return handshake.shake(line, inlet, ledger);
        } catch (IOException e) {
            throw Severed.fault(e, url, false, 0, null);
        }
    }

    /** No WebSocket came of it: what came instead is dealt with as a response is. */
    private Outcome refused(Answer answer, Sink sink) throws IOException {
        Delivery.OnError onError = plan.delivery().onError();
        Outcome refused = Refusal.of(answer.head(), plan, "a handshake is not repeated elsewhere");
        if (refused == null) {
            String status =
                    answer.head().statusLine().substring(answer.head().version().length() + 1);
            String why = "it answers " + status + ", and does not speak WebSocket there";
            return new Outcome.Failed(Fault.of(ExitCode.RECEIVING_FAILED, url.toString(), why), null);
        }
        if (onError == Delivery.OnError.FAIL) {
            return refused;
        }
        try {
            sink.begin(new Reply(List.of(answer.head()), url, answer.length(), answer.body()));
            Pump.move(
                    Conduct.measured(answer.body(), answer.length(), plan, surroundings, ledger),
                    sink,
                    ledger.course());
            sink.commit();
        } catch (IOException e) {
            throw e instanceof ReaderGoneException ? e : Severed.fault(e, url, true, ledger.bodyBytes(), null);
        }
        return onError == Delivery.OnError.DELIVER ? new Outcome.Delivered() : refused;
    }
}

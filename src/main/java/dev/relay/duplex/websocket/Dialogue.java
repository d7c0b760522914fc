package dev.relay.duplex.websocket;

import dev.relay.duplex.Conduct;
import dev.relay.duplex.Intake;
import dev.relay.duplex.Severed;
import dev.relay.duplex.Upload;
import dev.relay.http.Head;
import dev.relay.http.Url;
import dev.relay.io.Ledger;
import dev.relay.io.Patience;
import dev.relay.io.Pump;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Limits;
import dev.relay.plan.Messages;
import dev.relay.plan.Plan;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows the handshake: messages both ways, until one side closes and the other has answered that. */
final class Dialogue {
    /** How long the other direction is given to tell why the connection ended. */
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    /** How long the server, which is to end the connection first (RFC 6455 §7.1.1), is given to do so. */
    private static final Duration ENDING = Duration.ofSeconds(1);

    private final Plan plan;
    private final Messages messages;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final Url url;

    Dialogue(Plan plan, Messages messages, Surroundings surroundings, Ledger ledger) {
        this.plan = plan;
        this.messages = messages;
        this.surroundings = surroundings;
        this.ledger = ledger;
        this.url = plan.request().url();
    }

    /** Returns when the server has closed. The line is the caller's to end. */
    Outcome hold(Head head, Line line, Inlet inlet, Sink sink) throws IOException {
        var sender = new Sender(line, new Masks(new SecureRandom()));
        try (var input = new Intake(surroundings.stdin());
                var farewell = new Farewell(line, sender, url.toString());
                var pulse = new Pulse(sender, messages.ping())) {
            var arriving = new Arriving(inlet, patience(), pulse, farewell, !messages.binary());
            sink.begin(new Reply(List.of(head), url, -1, arriving));
            Upload upload =
                    Upload.start(input, new Departing(sender, farewell, messages), ledger::sent, "standard input");
            try {
                Pump.move(Conduct.measured(arriving, -1, plan, surroundings, ledger), sink, ledger.course());
                takeLeave(arriving.goodbye(), farewell, inlet);
                sink.commit();
                return ended(arriving, upload, farewell);
            } catch (IOException e) {
                farewell.say(code(e));
                throw told(e, upload, farewell);
            }
        }
    }

    /** Pings are sent to be answered: with them, a silence of twice their interval is one too many. */
    private Patience patience() {
        Limits limits = plan.limits();
        Duration ping = messages.ping();
        if (ping == null) {
            return new Patience(limits, true);
        }
        Duration silence = ping.multipliedBy(2);
        boolean sooner =
                limits.idleForEvents() && limits.idle() != null && limits.idle().compareTo(silence) < 0;
        var stricter = new Limits(
                limits.connect(),
                limits.firstByte(),
                sooner ? limits.idle() : silence,
                true,
                limits.total(),
                limits.speed(),
                limits.maxFileSize(),
                limits.rate());
        return new Patience(stricter, true);
    }

    private static void takeLeave(Goodbye goodbye, Farewell farewell, Inlet inlet) {
        farewell.say(goodbye.code());
        long until = System.nanoTime() + ENDING.toNanos();
        try {
            long left = ENDING.toNanos();
            // What comes behind a Close means nothing (RFC 6455 §5.5.1).
            while (left > 0 && inlet.comes(left) && inlet.waiting().hasRemaining()) {
                inlet.waiting().position(inlet.waiting().limit());
                left = until - System.nanoTime();
            }
        } catch (IOException _) {
            // All was said: how the connection ends changes nothing.
        }
    }

    private static int code(IOException e) {
        if (e instanceof ViolationException violation) {
            return violation.code();
        }
        boolean large = e instanceof FaultException fault && fault.fault().code() == ExitCode.TOO_LARGE;
        return large ? CloseCode.TOO_BIG : CloseCode.GOING_AWAY;
    }

    private Outcome ended(Arriving arriving, Upload upload, Farewell farewell) throws IOException {
        Goodbye goodbye = arriving.goodbye();
        IOException outgoing = outgoing(upload, farewell);
        if (outgoing != null) {
            throw outgoing;
        }
        if (goodbye.isContent() && !arriving.isWithinMessage()) {
            return new Outcome.Delivered();
        }
        ExitCode code = goodbye.isContent() ? ExitCode.SHORT_BODY : ExitCode.RECEIVING_FAILED;
        String when = arriving.isWithinMessage() ? "in the middle of a message, " : "";
        String why = "the server closed " + when + "with " + goodbye;
        return new Outcome.Failed(Fault.of(code, url.toString(), why), null);
    }

    private IOException told(IOException e, Upload upload, Farewell farewell) {
        if (e instanceof ReaderGoneException) {
            return e;
        }
        if (e instanceof EOFException) {
            upload.settle(A_MOMENT);
        }
        IOException outgoing = outgoing(upload, farewell);
        if (outgoing != null) {
            return outgoing;
        }
        String where = url.toString();
        if (e instanceof ViolationException) {
            return Fault.of(ExitCode.RECEIVING_FAILED, where, "the server breaks the protocol: " + e.getMessage())
                    .exception(e);
        }
        if (e instanceof SocketTimeoutException && messages.ping() != null) {
            return Fault.of(ExitCode.TIME_LIMIT, where, e.getMessage() + ", not even a pong")
                    .exception(e);
        }
        IOException sending = upload.sendingFailure();
        sending = sending instanceof Sender.ClosedException ? null : sending;
        if (e instanceof Arriving.UnclosedException && sending == null) {
            return Fault.of(ExitCode.RECEIVING_FAILED, where, "the server closed the connection without a Close")
                    .exception(e);
        }
        return Severed.fault(e, url, true, ledger.bodyBytes(), sending);
    }

    /** Why nothing more could be sent, and the conversation was ended for that; null when all is well. */
    private static @Nullable IOException outgoing(Upload upload, Farewell farewell) {
        IOException input = upload.inputFailure();
        return input == null ? farewell.verdict() : Conduct.inputFault(input);
    }
}

package dev.relay;

import dev.relay.cli.Arguments;
import dev.relay.cli.Invocation;
import dev.relay.duplex.Duplex;
import dev.relay.duplex.websocket.Talk;
import dev.relay.io.Cancellation;
import dev.relay.io.Editing;
import dev.relay.io.Ledger;
import dev.relay.io.ReaderGoneException;
import dev.relay.io.Surroundings;
import dev.relay.listener.Receiving;
import dev.relay.listener.Serving;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.outcome.StopSignal;
import dev.relay.plan.Limits;
import dev.relay.plan.Messages;
import dev.relay.plan.Plan;
import dev.relay.plan.Reception;
import dev.relay.plan.Service;
import dev.relay.plan.Telling;
import dev.relay.plan.Version;
import dev.relay.report.Reporter;
import dev.relay.report.Taker;
import dev.relay.sink.Sinks;
import dev.relay.transfer.Transfer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The whole of relay as a function: arguments and surroundings in, exit code out. */
public final class App {
    private App() {}

    /** Runs in the calling thread. */
    public static int run(String[] argv, Surroundings surroundings) {
        return run(argv, surroundings, new Cancellation(Thread.currentThread()));
    }

    /** Runs in the calling thread, which the cancellation may interrupt. */
    public static int run(String[] argv, Surroundings surroundings, Cancellation cancellation) {
        try {
            return dispatch(argv, surroundings, cancellation);
        } catch (RuntimeException | Error e) {
            // A defect, or a heap that is too small: still one line, and a code that means nothing else.
            Fault fault = Fault.of(ExitCode.INTERNAL, "relay " + Version.NUMBER, e.toString());
            Reporter.usage(fault, surroundings);
            return fault.code().value();
        }
    }

    private static int dispatch(String[] argv, Surroundings surroundings, Cancellation cancellation) {
        Invocation invocation;
        try {
            invocation = Arguments.read(argv, surroundings);
        } catch (FaultException e) {
            Reporter.usage(e.fault(), surroundings);
            return e.fault().code().value();
        }
        if (invocation instanceof Invocation.Unasked unasked) {
            Reporter.page(unasked.page(), surroundings);
            return ExitCode.USAGE.value();
        }
        return run(invocation, surroundings, cancellation).exitCode().value();
    }

    /** Without a switch over types, which costs classes at each start. */
    private static Outcome run(Invocation invocation, Surroundings surroundings, Cancellation cancellation) {
        if (invocation instanceof Invocation.Fetch fetch) {
            return fetch(fetch, surroundings, cancellation);
        }
        if (invocation instanceof Invocation.Converse converse) {
            return converse(converse, surroundings, cancellation);
        }
        if (invocation instanceof Invocation.Serve serve) {
            return serve(serve.service(), surroundings, cancellation);
        }
        if (invocation instanceof Invocation.Listen listen) {
            return listen(listen.reception(), surroundings, cancellation);
        }
        return print(((Invocation.Print) invocation).text(), surroundings);
    }

    private static Outcome fetch(Invocation.Fetch fetch, Surroundings surroundings, Cancellation cancellation) {
        Plan plan = fetch.plan();
        var reporter = new Reporter(plan.telling(), surroundings);
        reporter.configured(plan.configurations());
        var ledger = new Ledger(surroundings.nanoTime(), reporter.witness());
        cancellation.during(plan.request().url().toString());
        reporter.watch(ledger, plan.limits(), plan.delivery().isOnStdout() ? Taker.READER : Taker.OUTPUT);
        try {
            Outcome outcome = fetch.hinted(new Transfer(plan, surroundings, ledger).run(cancellation));
            return reporter.finish(outcome, ledger);
        } finally {
            reporter.unwatch();
        }
    }

    private static Outcome serve(Service service, Surroundings surroundings, Cancellation cancellation) {
        var reporter = new Reporter(service.telling(), surroundings);
        reporter.configured(service.configurations());
        var ledger = new Ledger(surroundings.nanoTime(), reporter.witness());
        cancellation.during(Serving.shown(service));
        boolean qr = service.presented().qr();
        Runnable first = () -> watch(reporter, ledger, service.limits(), Taker.CLIENT);
        var serving = new Serving(service, surroundings, ledger, urls -> reporter.announce(urls, qr), first);
        try {
            Outcome outcome = serving.run(cancellation);
            if (!ledger.course().isVisited() && service.telling().progress() == Telling.Progress.JSON) {
                // A program wants to know how it ended, though nobody came.
                first.run();
            }
            return reporter.finish(outcome, ledger);
        } finally {
            reporter.unwatch();
        }
    }

    private static void watch(Reporter reporter, Ledger ledger, Limits limits, Taker taker) {
        ledger.visited();
        reporter.watch(ledger, limits, taker);
    }

    private static Outcome listen(Reception reception, Surroundings surroundings, Cancellation cancellation) {
        var reporter = new Reporter(reception.telling(), surroundings);
        var ledger = new Ledger(surroundings.nanoTime(), reporter.witness());
        cancellation.during("listen");
        Runnable first = () -> watch(reporter, ledger, Limits.NONE, Taker.READER);
        var receiving = new Receiving(reception, surroundings, ledger, reporter::address, first);
        try {
            return reporter.finish(receiving.run(cancellation), ledger);
        } finally {
            reporter.unwatch();
        }
    }

    private static Outcome converse(
            Invocation.Converse converse, Surroundings surroundings, Cancellation cancellation) {
        Plan plan = converse.plan();
        boolean person = surroundings.isTerminal(0);
        Editing editing =
                person && surroundings.isTerminal(1) && plan.delivery().isShown()
                        ? surroundings.prompt().edit(surroundings, () -> cancellation.stop(StopSignal.INT))
                        : null;
        Surroundings around = editing == null ? surroundings : editing.around();
        var reporter = new Reporter(plan.telling(), around);
        reporter.configured(plan.configurations());
        var ledger = new Ledger(around.nanoTime(), reporter.witness());
        cancellation.during(plan.request().url().toString());
        // Where a person types, nothing is painted over what is being typed.
        if (!person) {
            reporter.watch(ledger, plan.limits(), Taker.READER);
        }
        try {
            return reporter.finish(hold(converse, around, ledger, cancellation, editing), ledger);
        } finally {
            reporter.unwatch();
        }
    }

    /** The terminal is as it was when the outcome is told. */
    private static Outcome hold(
            Invocation.Converse converse,
            Surroundings around,
            Ledger ledger,
            Cancellation cancellation,
            @Nullable Editing editing) {
        Messages messages = converse.messages();
        try (editing) {
            return messages == null
                    ? new Duplex(converse.plan(), around, ledger).run(cancellation)
                    : new Talk(converse.plan(), messages, around, ledger).run(cancellation);
        }
    }

    private static Outcome print(String text, Surroundings surroundings) {
        try {
            Sinks.print(text, surroundings);
            return new Outcome.Delivered();
        } catch (ReaderGoneException e) {
            return new Outcome.ReaderGone();
        } catch (FaultException e) {
            Reporter.usage(e.fault(), surroundings);
            return new Outcome.Failed(e.fault(), e);
        } catch (IOException e) {
            Fault fault = Fault.of(ExitCode.OUTPUT_FAILED, "standard output", String.valueOf(e.getMessage()));
            Reporter.usage(fault, surroundings);
            return new Outcome.Failed(fault, e);
        }
    }
}

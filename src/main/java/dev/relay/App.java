package dev.relay;

import dev.relay.cli.Arguments;
import dev.relay.cli.Invocation;
import dev.relay.io.Cancellation;
import dev.relay.io.Ledger;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Plan;
import dev.relay.report.Reporter;
import dev.relay.transfer.Print;
import dev.relay.transfer.Transfer;

/** The whole of relay as a function: arguments and surroundings in, exit code out. */
public final class App {
    private App() {}

    /** Runs in the calling thread. */
    public static int run(String[] argv, Surroundings surroundings) {
        return run(argv, surroundings, new Cancellation(Thread.currentThread()));
    }

    /** Runs in the calling thread, which the cancellation may interrupt. */
    public static int run(String[] argv, Surroundings surroundings, Cancellation cancellation) {
        Invocation invocation;
        try {
            invocation = Arguments.read(argv, surroundings);
        } catch (FaultException e) {
            Reporter.usage(e.fault(), surroundings);
            return e.fault().code().value();
        }
        Outcome outcome =
                switch (invocation) {
                    case Invocation.Print print -> Print.text(print.text(), surroundings);
                    case Invocation.Fetch fetch -> fetch(fetch.plan(), surroundings, cancellation);
                };
        return outcome.exitCode().value();
    }

    private static Outcome fetch(Plan plan, Surroundings surroundings, Cancellation cancellation) {
        var reporter = new Reporter(plan.telling(), surroundings);
        var ledger = new Ledger(surroundings.nanoTime(), reporter.witness());
        cancellation.during(plan.request().url().toString());
        Outcome outcome = new Transfer(plan, surroundings, ledger).run(cancellation);
        return reporter.finish(outcome, ledger);
    }
}

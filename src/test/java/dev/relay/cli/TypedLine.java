package dev.relay.cli;

import dev.relay.io.Surroundings;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Plan;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** A command line as it would be typed in a directory, with something on standard input. */
record TypedLine(Path directory, String stdin) {
    static final String URL = "http://localhost/file.txt";

    static TypedLine in(Path directory) {
        return new TypedLine(directory, "");
    }

    /** The plan of {@code relay get} with these arguments and a URL. */
    static Plan get(String... arguments) throws FaultException {
        return in(Path.of("").toAbsolutePath()).plan(withUrl(arguments));
    }

    /** Why {@code relay get} with these arguments and a URL is refused. */
    static Fault refused(String... arguments) {
        return in(Path.of("").toAbsolutePath()).fault(withUrl(arguments));
    }

    static String[] withUrl(String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "get";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = URL;
        return all;
    }

    Plan plan(String... argv) throws FaultException {
        if (read(argv) instanceof Invocation.Fetch(Plan plan, String _)) {
            return plan;
        }
        throw new AssertionError("no exchange was asked for");
    }

    String printed(String... argv) throws FaultException {
        if (read(argv) instanceof Invocation.Print(String text)) {
            return text;
        }
        throw new AssertionError("nothing was printed");
    }

    Fault fault(String... argv) {
        try {
            throw new AssertionError("accepted: " + read(argv));
        } catch (FaultException e) {
            return e.fault();
        }
    }

    Invocation read(String... argv) throws FaultException {
        var nowhere = OutputStream.nullOutputStream();
        return Arguments.read(
                argv,
                new Surroundings(
                        Map.of(),
                        directory,
                        new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                        Channels.newChannel(nowhere),
                        new PrintStream(nowhere, true, StandardCharsets.UTF_8),
                        Set.of(),
                        () -> 0,
                        InstantSource.system()));
    }
}

package dev.relay.io;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a run finds around it: everything that is not an argument and not the network.
 *
 * @param stdin nothing of it is read before something asks for it; a read brings what is there
 * @param stdout the payload's way out; a write to a closed pipe throws
 * @param terminals the descriptors among 0, 1 and 2 that are terminals
 * @param nanoTime a clock that never goes back, in nanoseconds
 * @param clock the time of day
 * @param prompt the way to the person at the terminal
 */
public record Surroundings(
        Map<String, String> environment,
        Path workingDirectory,
        InputStream stdin,
        WritableByteChannel stdout,
        PrintStream stderr,
        Set<Integer> terminals,
        LongSupplier nanoTime,
        InstantSource clock,
        Prompt prompt) {

    /** Those of a run that nobody sits in front of. */
    public Surroundings(
            Map<String, String> environment,
            Path workingDirectory,
            InputStream stdin,
            WritableByteChannel stdout,
            PrintStream stderr,
            Set<Integer> terminals,
            LongSupplier nanoTime,
            InstantSource clock) {
        this(environment, workingDirectory, stdin, stdout, stderr, terminals, nanoTime, clock, Prompt.NOBODY);
    }

    /** The same with another standard input. */
    public Surroundings reading(InputStream other) {
        return new Surroundings(
                environment, workingDirectory, other, stdout, stderr, terminals, nanoTime, clock, prompt);
    }

    public boolean isTerminal(int descriptor) {
        return terminals.contains(descriptor);
    }
}

package dev.relay.support;

import dev.relay.App;
import dev.relay.http.Secret;
import dev.relay.io.Prompt;
import dev.relay.io.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** relay in this process: arguments in, exit code and output out. */
public final class Relay {
    private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/nonexistent"));
    private Path directory = Path.of("").toAbsolutePath();
    private InputStream stdin = InputStream.nullInputStream();
    private Set<Integer> terminals = Set.of();
    private @Nullable WritableByteChannel stdout;
    private Prompt prompt = Prompt.NOBODY;

    private Relay() {}

    /** Runs it to its end. */
    public static Run run(String... argv) {
        return new Relay().with(argv);
    }

    /** Starts it, for tests that have something to do before it ends. */
    public static Running start(String... argv) {
        return new Relay().starting(argv);
    }

    /** In that working directory. */
    public static Relay in(Path directory) {
        var relay = new Relay();
        relay.directory = directory;
        return relay;
    }

    /** With that on its standard input. */
    public static Relay reading(String text) {
        return reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Relay reading(InputStream stdin) {
        var relay = new Relay();
        relay.stdin = stdin;
        return relay;
    }

    /** With another standard output. */
    public static Relay writingTo(WritableByteChannel channel) {
        var relay = new Relay();
        relay.stdout = channel;
        return relay;
    }

    /** With these descriptors being terminals. */
    public static Relay onTerminals(Integer... descriptors) {
        var relay = new Relay();
        relay.terminals = Set.of(descriptors);
        return relay;
    }

    /** The same, in that working directory. */
    public Relay at(Path where) {
        directory = where;
        return this;
    }

    /** The same, with that descriptor being a terminal. */
    public Relay onTerminal(int descriptor) {
        terminals = Set.of(descriptor);
        return this;
    }

    /** The same, with that on its standard input. */
    public Relay readingFrom(InputStream in) {
        stdin = in;
        return this;
    }

    public Relay withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** With somebody at the terminal who answers questions that way. */
    public Relay answering(UnaryOperator<String> person) {
        prompt = question -> new Secret(person.apply(question));
        return this;
    }

    /** Runs it with these arguments, to its end. */
    public Run with(String... argv) {
        return starting(argv).end();
    }

    /** Starts it with these arguments. */
    public Running starting(String... argv) {
        return new Running(this, argv);
    }

    /** A run that has not ended yet. */
    public static final class Running implements AutoCloseable {
        private final Capture capture = new Capture();
        private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        private final Thread thread;
        private final String what;
        private int exit;
        private @Nullable Throwable thrown;

        private Running(Relay relay, String... argv) {
            what = "relay " + String.join(" ", argv);
            var surroundings = new Surroundings(
                    Map.copyOf(relay.environment),
                    relay.directory,
                    relay.stdin,
                    relay.stdout == null ? capture : relay.stdout,
                    new PrintStream(stderr, true, StandardCharsets.UTF_8),
                    relay.terminals,
                    System::nanoTime,
                    InstantSource.system(),
                    relay.prompt);
            thread = Thread.ofPlatform().name(what).daemon().unstarted(() -> call(argv, surroundings));
            thread.start();
        }

        private void call(String[] argv, Surroundings surroundings) {
            try {
                exit = App.run(argv, surroundings);
            } catch (RuntimeException | Error e) {
                thrown = e;
            }
        }

        /** What is on standard output so far. */
        public Capture stdout() {
            return capture;
        }

        /** What is on standard error so far. */
        public String told() {
            return text();
        }

        /** Returns once standard error has that text. */
        public void awaitStderr(String text) {
            long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
            while (!text().contains(text)) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited in vain for \"" + text + "\" on standard error: " + text());
                }
                Thread.onSpinWait();
            }
        }

        /** Waits for its end. */
        public Run end() {
            Patience.join(thread);
            if (thread.isAlive()) {
                var stack = Arrays.toString(thread.getStackTrace()).replace(", ", "\n  at ");
                thread.interrupt();
                throw new AssertionError(what + " does not end:\n" + stack + "\n" + text());
            }
            if (thrown != null) {
                throw new AssertionError(what + " threw", thrown);
            }
            return new Run(exit, capture.bytes(), text());
        }

        private String text() {
            return stderr.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            thread.interrupt();
            Patience.join(thread);
        }
    }
}

package dev.relay.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A client that was started as a process of its own, so that what it uses is told apart from its reader's. */
final class Launch {
    /**
     * The shell forks, says as which process, and ends, which makes that process an orphan that we adopt; told to go, it
     * becomes the client. Started by Java itself, the client would inherit the size of this process as its own greatest.
     */
    private static final String SCRIPT = "out=$1 err=$2 go=$3; shift 3; "
            + "{ read -r go_on <\"$go\"; exec \"$@\" </dev/null >\"$out\" 2>\"$err\"; } & echo $!";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Set<Long> RUNNING = ConcurrentHashMap.newKeySet();

    private final long start;
    private final int pid;

    static {
        Kernel.adoptOrphans();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Launch::kill)));
    }

    private Launch(long start, int pid) {
        this.start = start;
        this.pid = pid;
    }

    /** Starts a command; its standard output goes to a file, device or FIFO, its errors to a file. */
    static Launch of(List<String> command, Map<String, String> environment, Path out, Path err) throws IOException {
        Path go = Path.of(err + ".go");
        Kernel.makePipe(go);
        var line = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", out.toString(), err.toString(), go.toString()));
        line.addAll(command);
        var builder = new ProcessBuilder(line);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        int pid = adopted(builder.start());
        RUNNING.add((long) pid);
        try (OutputStream signal = Files.newOutputStream(go, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            signal.write('\n');
            return new Launch(start, pid);
        } finally {
            Files.delete(go);
        }
    }

    private static int adopted(Process shell) throws IOException {
        String pid = shell.inputReader(StandardCharsets.US_ASCII).readLine();
        try {
            if (pid == null || shell.waitFor() != 0) {
                throw new IOException("sh cannot start a client");
            }
            return Integer.parseInt(pid);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Waits for its end; a client that takes longer than ten minutes is killed. */
    Sample end() {
        var ended = new CompletableFuture<Boolean>();
        CompletableFuture<Boolean> late = ended.copy().completeOnTimeout(false, LIMIT.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<Void> watch = late.thenAccept(inTime -> {
            if (!inTime) {
                kill(pid);
            }
        });
        Kernel.Usage usage = Kernel.await(pid);
        long wall = System.nanoTime() - start;
        RUNNING.remove((long) pid);
        ended.complete(true);
        watch.join();
        return new Sample(usage.exitCode(), wall, usage.cpuNanos(), usage.peakBytes());
    }

    /** Nanoseconds since its start. */
    long elapsed() {
        return System.nanoTime() - start;
    }

    /** Kills it, if it still runs. */
    void stop() {
        kill(pid);
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}

package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process of relay that was started and may still run. */
public final class Launched implements AutoCloseable {
    private final Process process;
    private final Drain stderr;
    private @Nullable Drain stdout;

    Launched(Process process) {
        this.process = process;
        this.stderr = new Drain(process.getErrorStream(), "stderr");
    }

    public Process process() {
        return process;
    }

    /** Reads so many bytes of standard output, waiting for them; fewer when it ends before. */
    public String read(int bytes) throws IOException {
        return new String(process.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** Closes our end of its standard output, as a reader that has had enough does. */
    public void stopReading() throws IOException {
        process.getInputStream().close();
    }

    /** Sends a signal, by its name without SIG. */
    public void signal(String name) throws IOException, InterruptedException {
        String pid = Long.toString(process.pid());
        int exit =
                new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new AssertionError("kill -" + name + " " + pid + " ended with " + exit);
        }
    }

    /** The greatest resident size so far, in bytes, where there is a /proc. */
    public long peakResidentSize() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmHWM for " + process.pid());
    }

    /** What is on standard error so far. */
    public String told() {
        return stderr.text();
    }

    /** Returns once standard error has that text. */
    public void awaitStderr(String text) {
        stderr.await(text);
    }

    /** Returns once standard output has that text; from then on it is read here alone. */
    public void awaitStdout(String text) {
        if (stdout == null) {
            stdout = new Drain(process.getInputStream(), "stdout");
        }
        stdout.await(text);
    }

    /** Types that on its standard input. */
    public void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Reads what is left of its output and waits for its end. */
    public Run end() throws IOException, InterruptedException {
        if (stdout == null) {
            stdout = new Drain(process.getInputStream(), "stdout");
        }
        process.getOutputStream().close();
        if (!process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            close();
            throw new AssertionError("relay does not end:\n" + new Run(-1, stdout.bytes(), stderr.text()));
        }
        stdout.join();
        stderr.join();
        return new Run(process.exitValue(), stdout.bytes(), stderr.text());
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Keeps what comes out of a stream, so that the process never waits for us. */
    private static final class Drain {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final String name;
        private final Thread thread;

        Drain(InputStream in, String name) {
            this.name = name;
            thread = Thread.ofVirtual().name("draining " + name).unstarted(() -> drain(in));
            thread.start();
        }

        private void drain(InputStream in) {
            byte[] buffer = new byte[64 * 1024];
            try (in) {
                for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                    keep(buffer, got);
                }
            } catch (IOException e) {
                // Closed by the test: what is here is all there is.
            }
        }

        private synchronized void keep(byte[] buffer, int count) {
            kept.write(buffer, 0, count);
            notifyAll();
        }

        synchronized void await(String text) {
            Patience.await(this, "\"" + text + "\" on " + name, () -> text().contains(text));
        }

        synchronized byte[] bytes() {
            return kept.toByteArray();
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        void join() {
            Patience.join(thread);
        }
    }
}

package dev.relay.training;

import dev.relay.App;
import dev.relay.Main;
import dev.relay.io.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the AOT cache learns from: the everyday uses of relay, one line each, against the upstream named in the
 * environment. Its own stdout is expected to be a pipe. The runtime writes the cache however the process ends: that the
 * training went as it should is told by a file named {@code done}.
 */
public final class Training {
    private static final long BULK = 256L * 1024 * 1024;
    private static final int REPEATS = 3;

    private final Map<String, String> environment = System.getenv();
    private final Path directory;
    private InputStream stdin = InputStream.nullInputStream();

    private Training(Path directory) {
        this.directory = directory;
    }

    /** Trains in a directory that is there, its only argument. */
    public static void main(String[] args) throws IOException {
        var training = new Training(Path.of(args[0]).toAbsolutePath());
        training.run();
        Files.createFile(training.directory.resolve("done"));
        // The last exchange goes through the main program, which ends the process as it always does.
        String url = training.variable("UPSTREAM_HTTPS") + "/hello";
        Main.main(new String[] {"get", "--cacert", training.variable("UPSTREAM_CA"), url});
    }

    private void run() throws IOException {
        String http = variable("UPSTREAM_HTTP");
        String https = variable("UPSTREAM_HTTPS");
        String ca = variable("UPSTREAM_CA");
        String file = directory.resolve("file").toString();

        for (int i = 0; i < REPEATS; i++) {
            expect(0, "--version");
            expect(0, "--help");
            expect(0, "help", "get");
            expect(0, "get", http + "/hello");
            expect(0, http + "/redirect/hello");
            expect(0, "get", "-i", "-H", "Accept: text/plain", http + "/hello");
            expect(0, "head", http + "/hello");
            expect(0, "get", "--cacert", ca, https + "/hello");
            expect(0, "get", "--cacert", ca, "--http1.1", https + "/hello");
            expect(0, "head", "--cacert", ca, https + "/hello");
            expect(0, "get", "-o", file, http + "/hello");
            expect(22, "get", http + "/status/404");
            expect(0, "post", "-d", "a=1", http + "/sink");
            expect(0, "post", "--json", "{}", "--cacert", ca, https + "/sink");
            expect(0, "put", "-T", file, http + "/sink");
            expect(0, "put", "-T", "-", http + "/sink");
            expect(101, "get", "--checksum", "sha256:" + "0".repeat(64), http + "/hello");
            expect(60, "get", https + "/hello");
            expect(7, "get", "http://127.0.0.1:1/");
            expect(2, "get", "--no-such-option", http + "/hello");
            new Handover(directory, environment).of(file);
            new Handover(directory, environment).of(http + "/hello");
            converse(http, https, ca);
        }
        expect(0, "get", http + "/bytes/" + BULK);
        expect(0, "get", http + "/chunked/" + BULK);
        expect(0, "get", "-o", file, http + "/bytes/" + BULK);
        expect(0, "put", "-T", file, http + "/sink");
        expectOf(file, "put", "-T", "-", http + "/sink");
        expectOf(file, "duplex", http + "/echo");
        expectOf(file, "duplex", "--cacert", ca, https + "/echo");
        Files.delete(Path.of(file));
        expect(0, "get", "-o", "/dev/null", http + "/bytes/" + BULK);
        expect(0, "get", "--cacert", ca, https + "/bytes/" + BULK);
        expect(0, "get", "--cacert", ca, "--http1.1", https + "/bytes/" + BULK);
    }

    /** Both directions at once, in clear and over TLS with each protocol that it may agree on. */
    private void converse(String http, String https, String ca) throws IOException {
        for (String[] argv : new String[][] {
            {"duplex", http + "/echo"},
            {"duplex", "--cacert", ca, https + "/echo"},
            {"duplex", "--http1.1", "--cacert", ca, https + "/echo"}
        }) {
            stdin = new ByteArrayInputStream("a line\n".getBytes(StandardCharsets.US_ASCII));
            expect(0, argv);
        }
        stdin = InputStream.nullInputStream();
        expect(22, "duplex", http + "/status/404");
    }

    /** With a file on standard input. */
    private void expectOf(String file, String... argv) throws IOException {
        try (var in = new FileInputStream(file)) {
            stdin = in;
            expect(0, argv);
        }
        stdin = InputStream.nullInputStream();
    }

    /** Runs relay as its main program would; an unexpected exit code ends the training. */
    private void expect(int exitCode, String... argv) throws IOException {
        int actual = App.run(argv, surroundings());
        if (actual != exitCode) {
            System.err.println(
                    "training: relay " + String.join(" ", argv) + ": exit code " + actual + ", not " + exitCode);
            System.exit(1);
        }
    }

    private Surroundings surroundings() {
        return new Surroundings(
                environment,
                directory,
                stdin,
                new FileOutputStream(FileDescriptor.out).getChannel(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                Set.of(),
                System::nanoTime,
                InstantSource.system());
    }

    private String variable(String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }
}

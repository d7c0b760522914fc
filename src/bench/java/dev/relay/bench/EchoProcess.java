package dev.relay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A server in Go that sends back what it receives while it receives it.
 *
 * @param clear its URL over HTTP/1.1
 * @param secure its URL over TLS, where it prefers HTTP/2
 * @param certificate what is to be trusted for that, as PEM
 */
record EchoProcess(Process process, String clear, String secure, Path certificate) implements AutoCloseable {
    /** Builds and starts it; nothing when the machine has no Go. */
    static Optional<EchoProcess> start(Path directory) throws IOException {
        Optional<Path> program = Tool.find("go");
        if (program.isEmpty()) {
            System.err.println("bench: Go is not installed: left out");
            return Optional.empty();
        }
        Files.createDirectories(directory);
        String built = directory.resolve("echo").toString();
        Tool.run(List.of(program.get().toString(), "build", "-o", built, "src/bench/go/echo.go"));
        Path certificate = directory.resolve("echo.pem");
        Process process = new ProcessBuilder(built, certificate.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader();
        String clear = lines.readLine();
        String secure = lines.readLine();
        if (clear == null || secure == null) {
            throw new IOException("the echo server does not say where it is");
        }
        return Optional.of(new EchoProcess(process, clear, secure, certificate));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

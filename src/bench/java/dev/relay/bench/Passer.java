package dev.relay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that passes on what an upstream sends.
 *
 * @param name the column of the table
 * @param command what starts it
 * @param url where it is; empty when its first line of output tells
 * @param endsByItself whether it ends once it has passed it on
 * @param environment added to that of the bench
 */
record Passer(String name, List<String> command, String url, boolean endsByItself, Map<String, String> environment) {
    static final String NGINX = "nginx";
    static final String GO = "Go io.Copy";

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);

    /** One that was started. */
    record Standing(Launch launch, String url) {}

    static Passer relay(Client relay, String upstream) {
        List<String> command = List.of(relay.program().getFirst(), "serve", "-s", "--no-probe", upstream);
        return new Passer(relay.name(), command, "", true, relay.environment());
    }

    /** As a proxy, in one process, with its own defaults; none where it is not installed. */
    static Optional<Passer> nginx(Path directory, String upstream) throws IOException {
        Optional<Path> program = Tool.find("nginx").or(() -> existing(Path.of("/usr/sbin/nginx")));
        if (program.isEmpty()) {
            System.err.println("bench: nginx is not installed: left out");
            return Optional.empty();
        }
        int port = freePort();
        Files.createDirectories(directory);
        Path configuration =
                Files.writeString(directory.resolve("nginx.conf"), """
            daemon off;
            master_process off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
                uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                server {
                    listen 127.0.0.1:%2$d;
                    location / { proxy_pass %3$s; }
                }
            }
            """.formatted(directory, port, upstream));
        List<String> command = List.of(
                program.get().toString(),
                "-e",
                directory.resolve("error.log").toString(),
                "-c",
                configuration.toString());
        return Optional.of(new Passer(NGINX, command, "http://127.0.0.1:" + port + "/", false, Map.of()));
    }

    /** A handler of Go's net/http; none where there is no Go to build it. */
    static Optional<Passer> go(Path directory, String upstream) throws IOException {
        Optional<Path> program = Tool.find("go");
        if (program.isEmpty()) {
            System.err.println("bench: Go is not installed: left out");
            return Optional.empty();
        }
        Files.createDirectories(directory);
        String built = directory.resolve("pass").toString();
        Tool.run(List.of(program.get().toString(), "build", "-o", built, "src/bench/go/pass.go"));
        return Optional.of(new Passer(GO, List.of(built, upstream), "", false, Map.of()));
    }

    private static Optional<Path> existing(Path program) {
        return Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, and returns once it can be reached. */
    Standing start(Path pipe, Path errors) throws IOException {
        if (!url.isEmpty()) {
            Launch launch = Launch.of(command, environment, Path.of("/dev/null"), errors);
            awaitPort();
            return new Standing(launch, url);
        }
        Launch launch = Launch.of(command, environment, pipe, errors);
        try (BufferedReader lines = Files.newBufferedReader(pipe, StandardCharsets.US_ASCII)) {
            String line = lines.readLine();
            if (line == null) {
                launch.end();
                throw new IOException(name + " does not say where it is: " + Files.readString(errors));
            }
            return new Standing(launch, line);
        }
    }

    private void awaitPort() throws IOException {
        int port = Integer.parseInt(url.replaceAll(".*:|/$", ""));
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(STEP);
            }
        }
    }
}

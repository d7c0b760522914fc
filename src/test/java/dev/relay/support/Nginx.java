package dev.relay.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * nginx, a server that is none of ours: static files in clear and over TLS with HTTP/2, ranges and validators as it
 * does them; {@code /who} names the client by its certificate; {@code /private/} asks who it is. {@code /limited/} serves the same files at {@link #LIMITED_RATE}, {@code /moved/} redirects there.
 */
public final class Nginx implements AutoCloseable {
    /** Bytes a second of each connection to {@code /limited/}. */
    public static final int LIMITED_RATE = 20 * 1024 * 1024;

    /** Who may have what is below {@code /private/}. */
    public static final String USER = "alice";

    public static final String PASSWORD = "hunter2-secret";

    private final Path directory;
    private final int clear;
    private final int secure;
    private final TlsIdentity identity = TlsIdentity.ofLocalhost();
    private final Process process;

    /**
     * Starts it.
     *
     * @param directory an empty directory for its files, of which {@code files} holds what it serves
     */
    public Nginx(Path directory) throws IOException, InterruptedException {
        Path program = Programs.require("nginx");
        this.directory = directory;
        this.clear = Ports.refusing();
        this.secure = Ports.refusing();
        Files.createDirectories(files());
        identity.chainFile(directory);
        identity.keyFile(directory);
        Files.writeString(directory.resolve("users"), USER + ":{PLAIN}" + PASSWORD + "\n");
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), configuration());
        process = new ProcessBuilder(
                        program.toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        "error.log")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.log").toFile())
                .start();
        awaitPort(clear);
        awaitPort(secure);
    }

    private String configuration() {
        return """
            daemon off;
            %6$s
            worker_processes 1;
            pid nginx.pid;
            events { worker_connections 512; }
            http {
                access_log access.log;
                client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
                uwsgi_temp_path temp; scgi_temp_path temp;
                sendfile on;
                server {
                    listen 127.0.0.1:%1$d;
                    listen 127.0.0.1:%2$d ssl http2;
                    ssl_certificate %3$s/chain.pem;
                    ssl_certificate_key %3$s/key.pem;
                    ssl_verify_client optional_no_ca;
                    root %3$s/files;
                    location /who { default_type text/plain; return 200 $ssl_client_s_dn; }
                    location /limited/ { alias %3$s/files/; limit_rate %4$d; }
                    location /private/ { alias %3$s/files/; auth_basic "private"; auth_basic_user_file users; }
                    location /moved/ { rewrite ^/moved/(.*)$ /$1 permanent; }
                    location /status/ { return %5$d; }
                }
            }
            """.formatted(clear, secure, directory, LIMITED_RATE, 503, user());
    }

    /** As root, nginx serves as nobody, who may not see a temporary directory. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    }

    private void awaitPort(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                process.waitFor(10, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("nginx does not start:\n" + Files.readString(directory.resolve("output.log")));
    }

    /** The directory whose files are served. */
    public Path files() {
        return directory.resolve("files");
    }

    public TlsIdentity identity() {
        return identity;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + clear + path;
    }

    public String secureUrl(String path) {
        return "https://127.0.0.1:" + secure + path;
    }

    /** The log of its requests, a line each. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("access.log"));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}

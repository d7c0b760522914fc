package dev.relay.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import wiremock.jakarta.servlet.http.HttpServletRequest;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import wiremock.org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import wiremock.org.eclipse.jetty.server.HttpConfiguration;
import wiremock.org.eclipse.jetty.server.HttpConnectionFactory;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.server.SecureRequestCustomizer;
import wiremock.org.eclipse.jetty.server.Server;
import wiremock.org.eclipse.jetty.server.ServerConnector;
import wiremock.org.eclipse.jetty.server.SslConnectionFactory;
import wiremock.org.eclipse.jetty.server.handler.AbstractHandler;
import wiremock.org.eclipse.jetty.util.component.LifeCycle;
import wiremock.org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * An upstream on the loopback, over http and over https with HTTP/1.1 and HTTP/2, for as long as one command runs.
 *
 * <p>It answers {@code /hello}, {@code /bytes/N} (N bytes with a length), {@code /chunked/N} (without), {@code /status/N},
 * {@code /redirect/hello} and, to whatever is sent there, {@code /sink}; {@code /echo} sends it back while it comes. It
 * stands alone, on WireMock's Jetty, so that the build can run it from source.
 */
public final class LocalUpstream extends AbstractHandler {
    private static final byte[] BLOCK = block();

    private LocalUpstream() {}

    /**
     * Runs a command with {@code UPSTREAM_HTTP}, {@code UPSTREAM_HTTPS} and {@code UPSTREAM_CA} in its environment and
     * ends with its exit code.
     *
     * @param args a PKCS#12 store, its password, its certificate as PEM, and the command
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 4) {
            System.err.println("usage: LocalUpstream STORE PASSWORD CERTIFICATE COMMAND [ARGUMENT…]");
            System.exit(2);
        }
        int exitCode;
        try (var upstream = start(args[0], args[1])) {
            var command = new ProcessBuilder(Arrays.asList(args).subList(3, args.length)).inheritIO();
            command.environment().put("UPSTREAM_HTTP", upstream.http());
            command.environment().put("UPSTREAM_HTTPS", upstream.https());
            command.environment()
                    .put("UPSTREAM_CA", Path.of(args[2]).toAbsolutePath().toString());
            exitCode = command.start().waitFor();
        }
        System.exit(exitCode);
    }

    /** An upstream that answers, and where. */
    record Running(Server server, String http, String https) implements AutoCloseable {
        @Override
        public void close() {
            LifeCycle.stop(server);
        }
    }

    /** Starts an upstream on ports of its own, with the key and the certificate of a PKCS#12 store. */
    static Running start(String store, String password) throws Exception {
        var server = new Server();
        var clear = new ServerConnector(server, new HttpConnectionFactory(new HttpConfiguration()));
        var secure = secureConnector(server, store, password);
        for (var connector : List.of(clear, secure)) {
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
        }
        server.setHandler(new LocalUpstream());
        server.start();
        return new Running(
                server, "http://127.0.0.1:" + clear.getLocalPort(), "https://localhost:" + secure.getLocalPort());
    }

    private static ServerConnector secureConnector(Server server, String store, String password) {
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(store);
        tls.setKeyStorePassword(password);
        var configuration = new HttpConfiguration();
        // The certificate says localhost, the address is 127.0.0.1: both are asked for.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        var http1 = new HttpConnectionFactory(configuration);
        var http2 = new HTTP2ServerConnectionFactory(configuration);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ServerConnector(server, new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1);
    }

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        base.setHandled(true);
        var part = target.split("/", -1);
        switch (part.length > 1 ? part[1] : "") {
            case "hello" -> text(response, "hello, world\n");
            case "bytes" -> {
                long length = Long.parseLong(part[2]);
                response.setContentLengthLong(length);
                write(response, length);
            }
            case "chunked" -> write(response, Long.parseLong(part[2]));
            case "status" -> {
                response.setStatus(Integer.parseInt(part[2]));
                text(response, "status " + part[2] + "\n");
            }
            case "sink" -> {
                request.getInputStream().transferTo(OutputStream.nullOutputStream());
                text(response, "taken\n");
            }
            case "echo" -> echo(request, response);
            case "redirect" -> {
                response.setStatus(302);
                response.setHeader("Location", target.substring("/redirect".length()));
            }
            default -> {
                response.setStatus(404);
                text(response, "nothing at " + target + "\n");
            }
        }
    }

    private static void text(HttpServletResponse response, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("ETag", "\"1\"");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** Each piece leaves as it has come. */
    private static void echo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        response.flushBuffer();
        var piece = new byte[64 * 1024];
        for (int count = request.getInputStream().read(piece);
                count >= 0;
                count = request.getInputStream().read(piece)) {
            response.getOutputStream().write(piece, 0, count);
            response.flushBuffer();
        }
    }

    private static void write(HttpServletResponse response, long length) throws IOException {
        response.setContentType("application/octet-stream");
        OutputStream out = response.getOutputStream();
        for (long left = length; left > 0; left -= BLOCK.length) {
            out.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
        }
    }

    private static byte[] block() {
        var block = new byte[256 * 1024];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) (i * 31 + (i >> 8));
        }
        return block;
    }
}

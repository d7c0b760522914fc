package dev.relay.training;

import dev.relay.App;
import dev.relay.io.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** {@code relay serve}, and a client on a plain socket that takes what is handed over. */
final class Handover {
    private final Path directory;
    private final Map<String, String> environment;

    Handover(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** Hands it over; what is not handed over whole ends the training. */
    void of(String source) throws IOException {
        try (var output = new PipedOutputStream();
                var lines = new BufferedReader(
                        new InputStreamReader(new PipedInputStream(output), StandardCharsets.US_ASCII))) {
            var run = new FutureTask<>(() -> App.run(new String[] {"serve", source}, surroundings(output)));
            new Thread(run, "serve").start();
            String url = lines.readLine();
            if (url == null || !download(URI.create(url)) || run.get() != 0) {
                throw new IOException("relay serve " + source + " is not handed over");
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    private static boolean download(URI url) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            String request = "GET " + url.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] response = socket.getInputStream().readAllBytes();
            return new String(response, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200 ");
        }
    }

    private Surroundings surroundings(OutputStream output) {
        return new Surroundings(
                environment,
                directory,
                InputStream.nullInputStream(),
                Channels.newChannel(output),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                Set.of(),
                System::nanoTime,
                InstantSource.system());
    }
}

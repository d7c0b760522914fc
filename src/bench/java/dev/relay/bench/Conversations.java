package dev.relay.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code relay duplex} and {@code curl -T .} in both directions at once, with one server: delay, speed, memory, start. */
final class Conversations {
    private static final String PEER = "curl";
    private static final double LATENCY = 1.5;
    private static final Table.Bar MEMORY = new Table.Bar("≤ 128 MB", 128);
    private static final byte[] LINE = "a line of thirty-two characters\n".getBytes(StandardCharsets.US_ASCII);
    private static final int WARM_UP = 500;
    private static final int LINES = 3000;

    private final Task task;
    private final List<Client> clients;
    private final long size;

    private Conversations(Task task) {
        this.task = task;
        this.clients = task.clients(
                client -> client.name().startsWith(Table.RELAY) || client.name().equals(PEER));
        this.size = Math.min(1L << 30, task.selection().size());
    }

    static boolean measure(Task task) throws Exception {
        var conversations = new Conversations(task);
        Path directory = task.lab().directory().resolve("duplex");
        Optional<EchoProcess> started = EchoProcess.start(directory);
        conversations.firstByte();
        if (started.isPresent()) {
            try (EchoProcess server = started.get()) {
                Path sent = noise(directory.resolve("sent"), conversations.size);
                conversations.rows("http", server.clear(), null, sent);
                conversations.rows("https, HTTP/2", server.secure(), server.certificate(), sent);
            }
        }
        return true;
    }

    private void rows(String scheme, String url, @Nullable Path certificate, Path sent) throws IOException {
        delays(scheme, url, certificate);
        speed(scheme, url, certificate, sent);
    }

    /** Bytes that nothing can compress, and no two places alike. */
    private static Path noise(Path file, long size) throws IOException {
        var random = new Random(1);
        var block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return file;
    }

    private List<String> command(Client client, String url, @Nullable Path certificate) {
        boolean relay = client.name().startsWith(Table.RELAY);
        var line = new ArrayList<String>();
        line.addAll(relay ? List.of(client.program().getFirst(), "duplex") : client.program());
        line.addAll(relay ? List.of() : List.of("-T", "."));
        if (certificate != null) {
            line.addAll(List.of(client.authority(), certificate.toString()));
        }
        line.add(url);
        return line;
    }

    private void delays(String scheme, String url, @Nullable Path certificate) throws IOException {
        System.err.println("bench: a line there and back, " + scheme);
        var delays = new LinkedHashMap<String, long[]>();
        for (int run = 0; run < task.selection().runs(); run++) {
            for (Client client : clients) {
                long[] one = thereAndBack(client, command(client, url, certificate));
                delays.merge(client.name(), one, Conversations::joined);
            }
        }
        delays.values().forEach(Arrays::sort);
        delayRow("a line there and back, " + scheme + ", p50", delays, 50, LATENCY);
        delayRow("the same, p99", delays, 99, null);
    }

    private static long[] joined(long[] some, long[] more) {
        long[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /** Each line is written when the echo of the one before has been read. */
    private long[] thereAndBack(Client client, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(client.environment());
        Process process = builder.start();
        var delays = new long[LINES];
        try (OutputStream out = process.getOutputStream();
                InputStream in = process.getInputStream()) {
            for (int i = -WARM_UP; i < LINES; i++) {
                long start = System.nanoTime();
                out.write(LINE);
                out.flush();
                if (!Arrays.equals(in.readNBytes(LINE.length), LINE)) {
                    throw new IOException(client.name() + " does not bring a line back");
                }
                if (i >= 0) {
                    delays[i] = System.nanoTime() - start;
                }
            }
        } finally {
            process.destroy();
        }
        return delays;
    }

    private void delayRow(String what, Map<String, long[]> delays, int percent, @Nullable Double factor) {
        var values = new LinkedHashMap<String, Double>();
        delays.forEach((name, sorted) -> values.put(name, Series.percentile(sorted, percent) / 1e3));
        var cells = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> cells.put(name, String.format(Locale.ROOT, "%.0f µs", value)));
        Double relay = values.get(Table.RELAY);
        Double curl = values.get(PEER);
        String ratio = relay == null || curl == null ? "" : String.format(Locale.ROOT, "%.2f × %s", relay / curl, PEER);
        Table.Bar bar = factor == null ? null : Table.Bar.times(factor, PEER, values);
        task.table().add(what, cells, ratio, Table.verdict(relay, bar));
    }

    /** What comes back is compared with what was sent, byte for byte: a difference is an exit code. */
    private void speed(String scheme, String url, @Nullable Path certificate, Path sent) throws IOException {
        String what = Task.size(size) + " each way at once, " + scheme;
        var contest = new Contest(what, task.lab());
        for (Client client : clients) {
            var line = new ArrayList<>(
                    List.of("bash", "-c", "set -o pipefail; cat \"$0\" | \"$@\" | cmp - \"$0\"", sent.toString()));
            line.addAll(command(client, url, certificate));
            contest.with(client.name(), () -> task.lab().alone(line, client.environment()));
        }
        Map<String, Series> results = contest.run(Math.min(3, task.selection().runs()));
        task.table().compare(what, results, Measure.SECONDS, PEER, 1.0);
        task.table().compare("its processor time, that of the pipes included", results, Measure.CPU, PEER, null);
        var cells = new LinkedHashMap<String, String>();
        results.forEach((name, series) -> cells.put(name, Measure.PEAK.text(Measure.PEAK.of(series))));
        Series relay = results.get(Table.RELAY);
        Double peak = relay == null ? null : Measure.PEAK.of(relay);
        task.table().add("its peak memory", cells, "", Table.verdict(peak, MEMORY));
    }

    /** From the start of the process to the first byte that the server sees. */
    private void firstByte() throws IOException {
        Lab lab = task.lab();
        List<String> hello = StartUp.hello(lab.directory());
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            var contest =
                    new Contest("the first byte sent, http", lab).with(StartUp.HELLO, () -> lab.alone(hello, Map.of()));
            for (Client client : clients) {
                List<String> command = command(client, url, null);
                contest.with(client.name(), () -> untilFirstByte(server, command, client.environment()));
            }
            Map<String, Series> results = contest.run(4 * task.selection().runs());
            task.table()
                    .compare("until the first byte is sent, http", results, Measure.MILLISECONDS, StartUp.HELLO, 8.0);
        }
    }

    private Sample untilFirstByte(ServerSocket server, List<String> command, Map<String, String> environment)
            throws IOException {
        var seen = new CompletableFuture<Long>();
        Thread.ofPlatform().daemon().start(() -> answer(server, seen));
        long start = System.nanoTime();
        Sample run = task.lab().alone(command, environment);
        return new Sample(run.exitCode(), seen.join() - start, run.cpuNanos(), run.peakBytes());
    }

    private static void answer(ServerSocket server, CompletableFuture<Long> seen) {
        try (Socket socket = server.accept()) {
            int _ = socket.getInputStream().read();
            seen.complete(System.nanoTime());
            socket.getOutputStream()
                    .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            seen.completeExceptionally(e);
        }
    }
}

package dev.relay.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How long a small chunk takes from the upstream's write to the reader of the client's pipe. */
final class Latency {
    private static final int CHUNK = 64;
    private static final int CHUNKS = 250;
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double MEDIAN_MORE = 1;
    private static final double WORST_MORE = 10;

    private final Task task;
    /** When each chunk of the current run was written. */
    private final AtomicLongArray written = new AtomicLongArray(CHUNKS);

    private Latency(Task task) {
        this.task = task;
    }

    static boolean measure(Task task) throws IOException {
        var latency = new Latency(task);
        try (var server = new RawServer(null, latency::drip)) {
            latency.rows(server.url("/"));
        }
        return true;
    }

    private void drip(String target, WritableByteChannel out) throws IOException {
        RawServer.head(out, "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
        String chunk = Integer.toHexString(CHUNK) + "\r\n" + "x".repeat(CHUNK) + "\r\n";
        long next = System.nanoTime();
        for (int i = 0; i < CHUNKS; i++) {
            next += INTERVAL;
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            written.set(i, System.nanoTime());
            RawServer.text(out, chunk);
        }
        RawServer.text(out, "0\r\n\r\n");
    }

    private void rows(String url) throws IOException {
        var delays = new LinkedHashMap<String, long[]>();
        List<Client> clients = task.clients(client -> !client.name().equals("HTTPie"));
        System.err.println("bench: latency");
        for (int run = 0; run < task.selection().runs(); run++) {
            for (Client client : clients) {
                delays.merge(client.name(), once(client, url), Latency::joined);
            }
        }
        delays.values().forEach(Arrays::sort);
        row("a 64-byte chunk every 20 ms, p50", delays, 50, MEDIAN_MORE);
        row("the same, p99", delays, 99, WORST_MORE);
    }

    private long[] once(Client client, String url) throws IOException {
        Lab lab = task.lab();
        var delays = new long[CHUNKS];
        Sample sample = lab.through(pipe -> collect(pipe, delays), client.get(url, null, null), client.environment());
        if (sample.exitCode() != 0) {
            throw new IOException(client.name() + ": exit code " + sample.exitCode() + ": " + lab.errors());
        }
        return delays;
    }

    private void collect(Path pipe, long[] delays) throws IOException {
        var bytes = ByteBuffer.allocateDirect(CHUNK);
        try (var in = FileChannel.open(pipe)) {
            for (int i = 0; i < CHUNKS; i++) {
                bytes.clear();
                while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
                delays[i] = System.nanoTime() - written.get(i);
            }
            while (in.read(bytes.clear()) >= 0) {}
        }
    }

    private void row(String what, Map<String, long[]> delays, int percent, double more) {
        var values = new LinkedHashMap<String, Double>();
        delays.forEach((name, sorted) -> values.put(name, Series.percentile(sorted, percent) / 1e6));
        var cells = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> cells.put(name, String.format(Locale.ROOT, "%.2f ms", value)));
        Double relay = values.get(Table.RELAY);
        Double curl = values.get("curl");
        Table.@Nullable Bar bar =
                curl == null ? null : new Table.Bar(Table.number("≤ curl + %s ms", more), curl + more);
        String difference =
                relay == null || curl == null ? "" : String.format(Locale.ROOT, "curl %+.2f ms", relay - curl);
        task.table().add(what, cells, difference, Table.verdict(relay, bar));
    }

    private static long[] joined(long[] some, long[] more) {
        long[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}

package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What several connections gain where the server limits each of them, and what they hold when the reader is slow. */
final class Segments {
    /** Measured beside relay: the client that is known for it, though it cannot write to a pipe. */
    static final String PEER = "aria2";

    private static final int CONNECTIONS = 8;
    private static final long RATE = 20_000_000;
    private static final long SIZE = 512L << 20;
    private static final double GAIN = 7;
    private static final String ONE = "one connection";

    private static final long SLOW_SIZE = 200_000_000;
    private static final long WINDOW = CONNECTIONS * (4L << 20);
    private static final Table.Bar PEAK = new Table.Bar("≤ 96 MB and the window of 34 MB", 96 + WINDOW / 1e6);
    /** Beside the window: what the buffers of a connection hold on either side. */
    private static final long SOCKETS = CONNECTIONS * (6L << 20);

    private static final Table.Bar AHEAD =
            new Table.Bar("≤ the window and 6 MiB a connection", (WINDOW + SOCKETS) / 1e6);

    private final Task task;
    private final Client relay;

    private Segments(Task task) {
        this.task = task;
        this.relay = task.clients().getFirst();
    }

    static boolean measure(Task task) throws Exception {
        var segments = new Segments(task);
        segments.gain();
        segments.slowReader();
        return true;
    }

    private List<String> parallel(List<String> get) {
        var line = new ArrayList<>(get);
        line.addAll(List.of("--parallel", Integer.toString(CONNECTIONS)));
        return line;
    }

    private void gain() throws IOException {
        Lab lab = task.lab();
        try (var server = new RangeServer(SIZE, RATE)) {
            List<String> piped = relay.get(server.url(), null, null);
            List<String> filed = relay.get(server.url(), null, lab.file());
            var pipe = new Contest("20 MB/s a connection, through a pipe", lab);
            pipe.with(ONE, () -> lab.throughCat(piped, relay.environment()));
            pipe.with(Table.RELAY, () -> lab.throughCat(parallel(piped), relay.environment()));
            int runs = Math.min(3, task.selection().runs());
            Map<String, Series> through = pipe.run(runs);
            var file = new Contest("20 MB/s a connection, to a file", lab);
            file.with(Table.RELAY, () -> fresh(parallel(filed)));
            aria(server.url()).ifPresent(command -> file.with(PEER, () -> fresh(command)));
            add("`--parallel 8 \\| cat >/dev/null`", through, through);
            add("`--parallel 8 -o FILE`", file.run(runs), through);
        }
        Files.deleteIfExists(lab.file());
    }

    private Sample fresh(List<String> command) throws IOException {
        Files.deleteIfExists(task.lab().file());
        return task.lab().alone(command, relay.environment());
    }

    /** To the disk, as relay does it. */
    private Optional<List<String>> aria(String url) {
        Optional<Path> program = Tool.find("aria2c");
        if (program.isEmpty()) {
            System.err.println("bench: aria2 is not installed: left out");
        }
        return program.map(path -> List.of(
                "sh",
                "-c",
                "\"$@\" && sync \"$0\"",
                task.lab().file().toString(),
                path.toString(),
                "--no-conf",
                "-q",
                "-x" + CONNECTIONS,
                "-s" + CONNECTIONS,
                "-k1M",
                "--file-allocation=none",
                "--allow-overwrite=true",
                "-d" + task.lab().file().getParent(),
                "-o" + task.lab().file().getFileName(),
                url));
    }

    private void add(String how, Map<String, Series> results, Map<String, Series> alone) {
        String what = Task.size(SIZE) + " at 20 MB/s a connection, " + how;
        task.table().compare(what, results, Measure.SECONDS, PEER, 1.0);
        Series one = alone.get(ONE);
        Series several = results.get(Table.RELAY);
        if (one != null && several != null) {
            double factor = Measure.SECONDS.of(one) / Measure.SECONDS.of(several);
            String verdict = "≥ " + Table.number("%s", GAIN) + " ×: " + (factor >= GAIN ? "met" : "**missed**");
            String text = String.format(Locale.ROOT, "%.2f ×", factor);
            task.table()
                    .add(
                            "gain over " + Measure.SECONDS.text(Measure.SECONDS.of(one)),
                            Map.of(Table.RELAY, text),
                            "",
                            verdict);
        }
        task.table().compare("its processor time", results, Measure.CPU, PEER, null);
        var cells = new LinkedHashMap<String, String>();
        results.forEach((name, series) -> cells.put(name, Measure.PEAK.text(Measure.PEAK.of(series))));
        task.table()
                .add(
                        "its peak memory",
                        cells,
                        "",
                        several == null ? "" : Table.verdict(Measure.PEAK.of(several), PEAK));
    }

    private void slowReader() throws IOException {
        System.err.println("bench: --parallel, slow reader");
        try (var server = new RangeServer(SLOW_SIZE, Long.MAX_VALUE / 1_000_000_000)) {
            PipeReader reader = PipeReader.slow();
            var lead = new Lead(server, reader);
            List<String> command = parallel(relay.get(server.url(), null, null));
            Sample sample = task.lab().through(lead, command, relay.environment());
            boolean whole = sample.exitCode() == 0
                    && reader.count() == SLOW_SIZE
                    && reader.crc32c() == Payload.crc32c(SLOW_SIZE);
            String what = "200 MB, `--parallel 8`, slow reader: ";
            double peak = sample.peakBytes() / 1e6;
            task.table()
                    .add(
                            what + "peak memory",
                            Map.of(Table.RELAY, Measure.PEAK.text(peak)),
                            "",
                            whole ? Table.verdict(peak, PEAK) : "not the body: **missed**");
            double ahead = lead.greatest() / 1e6;
            task.table()
                    .add(
                            what + "how far ahead the server is",
                            Map.of(Table.RELAY, Measure.PEAK.text(ahead)),
                            "",
                            Table.verdict(ahead, AHEAD));
        }
    }

    /** A reader, and by how much the server is ahead of it. */
    private static final class Lead implements Lab.Reader {
        private final RangeServer server;
        private final PipeReader reader;
        private volatile long greatest;

        Lead(RangeServer server, PipeReader reader) {
            this.server = server;
            this.reader = reader;
        }

        @Override
        public void read(Path pipe) throws IOException {
            Thread watch = Thread.ofPlatform().daemon().start(this::watch);
            try {
                reader.read(pipe);
            } finally {
                watch.interrupt();
            }
        }

        private void watch() {
            while (!Thread.currentThread().isInterrupted()) {
                greatest = Math.max(greatest, server.sent() - reader.count());
                LockSupport.parkNanos(1_000_000);
            }
        }

        long greatest() {
            return greatest;
        }
    }
}

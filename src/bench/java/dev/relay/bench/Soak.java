package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Many large downloads with the heap as it ships: over http and https, to fast readers and slow ones. */
final class Soak {
    private static final long SIZE = 256L << 20;

    private Soak() {}

    static boolean measure(Task task) throws Exception {
        int downloads = task.selection().soak();
        System.err.println("bench: " + downloads + " downloads of " + Task.size(SIZE));
        Lab lab = task.lab();
        Identity identity =
                Identity.elliptic(Files.createDirectory(lab.directory().resolve("soak")));
        String target = "/bytes/" + SIZE;
        long expected = Payload.crc32c(SIZE);
        Client relay = task.clients().getFirst();
        int failed = 0;
        long peak = 0;
        try (var clear = new RawServer(null, RawServer::bulk);
                var secure = new RawServer(identity.context(), RawServer::bulk)) {
            List<String> http = relay.get(clear.url(target), null, null);
            List<String> https = relay.get(secure.url(target), identity.certificate(), null);
            for (int i = 0; i < downloads; i++) {
                PipeReader reader = i % 4 < 2 ? PipeReader.fast() : PipeReader.slow();
                Sample sample = lab.through(reader, i % 2 == 0 ? http : https, relay.environment());
                peak = Math.max(peak, sample.peakBytes());
                if (sample.exitCode() != 0 || reader.count() != SIZE || reader.crc32c() != expected) {
                    failed++;
                    report(i, sample, reader, lab);
                }
            }
        }
        String verdict = failed == 0 ? "every byte right: met" : failed + " failed: **missed**";
        String what = downloads + " downloads of " + Task.size(SIZE) + ", peak memory";
        task.table().add(what, Map.of(Table.RELAY, Measure.PEAK.text(peak / 1e6)), "", verdict);
        return failed == 0;
    }

    private static void report(int number, Sample sample, PipeReader reader, Lab lab) throws IOException {
        System.err.println("bench: download " + number + ": exit code " + sample.exitCode() + ", " + reader.count()
                + " bytes, CRC-32C " + Long.toHexString(reader.crc32c()) + ": " + lab.errors());
    }
}

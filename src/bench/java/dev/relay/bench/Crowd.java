package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many launches at once: each must end well. */
final class Crowd {
    private static final int LAUNCHES = 50;

    private Crowd() {}

    static boolean measure(Task task) throws IOException {
        System.err.println("bench: " + LAUNCHES + " at once");
        Client relay = task.clients().getFirst();
        Path directory = task.lab().directory();
        try (var server = new RawServer(null, RawServer::bulk)) {
            List<String> command = relay.get(server.url("/bytes/1000"), null, null);
            long start = System.nanoTime();
            var launches = new ArrayList<Launch>();
            for (int i = 0; i < LAUNCHES; i++) {
                launches.add(
                        Launch.of(command, relay.environment(), Path.of("/dev/null"), directory.resolve("errors" + i)));
            }
            int failed = 0;
            for (Launch launch : launches) {
                failed += launch.end().exitCode() == 0 ? 0 : 1;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            String verdict = failed == 0 ? "all exit 0: met" : failed + " failed: **missed**";
            task.table()
                    .add(
                            LAUNCHES + " small downloads at once",
                            Map.of(Table.RELAY, Measure.SECONDS.text(seconds)),
                            "",
                            verdict);
            return failed == 0;
        }
    }
}

package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The greatest resident size, which must not depend on how much comes or how fast it is taken. */
final class Memory {
    private static final Table.Bar BAR = new Table.Bar("≤ 96 MB", 96);

    /** Of the others, curl is enough to compare with. */
    private static final Set<String> OTHERS = Set.of("wget", "HTTPie");

    private final Task task;

    private Memory(Task task) {
        this.task = task;
    }

    static boolean measure(Task task) throws Exception {
        var memory = new Memory(task);
        Identity identity =
                Identity.elliptic(Files.createDirectory(task.lab().directory().resolve("memory")));
        long large = task.selection().size();
        try (var clear = new RawServer(null, RawServer::bulk);
                var secure = new RawServer(identity.context(), RawServer::bulk);
                var second = LocalUpstream.start(identity.store().toString(), Identity.PASSWORD)) {
            for (long size : List.of(large / 8, large)) {
                String target = "/bytes/" + size;
                String what = "peak memory, " + Task.size(size) + ", ";
                memory.rows(what + "http", clear.url(target), null);
                memory.rows(what + "https", secure.url(target), identity.certificate());
                memory.rows(what + "https, HTTP/2", second.https() + target, identity.certificate());
            }
        }
        return true;
    }

    private void rows(String what, String url, @Nullable Path certificate) throws IOException {
        Lab lab = task.lab();
        var fast = new Contest(what + ", fast reader", lab);
        var slow = new Contest(what + ", slow reader", lab);
        for (Client client : task.clients(client -> !OTHERS.contains(client.name()))) {
            List<String> command = client.get(url, certificate, null);
            fast.with(client.name(), () -> lab.throughCat(command, client.environment()));
            slow.with(client.name(), () -> lab.through(PipeReader.slow(), command, client.environment()));
        }
        int runs = Math.min(3, task.selection().runs());
        add(what + ", fast reader", fast.run(runs));
        add(what + ", slow reader", slow.run(runs));
    }

    private void add(String what, Map<String, Series> results) {
        var cells = new LinkedHashMap<String, String>();
        results.forEach((name, series) -> cells.put(name, Measure.PEAK.text(Measure.PEAK.of(series))));
        Series relay = results.get(Table.RELAY);
        task.table().add(what, cells, "", Table.verdict(relay == null ? null : Measure.PEAK.of(relay), BAR));
    }
}

package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast a large body goes, to each kind of place, and what that costs in processor time. */
final class Bulk {
    private static final String PEER = "curl";

    private final Task task;
    private final String size;

    private Bulk(Task task) {
        this.task = task;
        this.size = Task.size(task.selection().size());
    }

    static boolean measure(Task task) throws Exception {
        var bulk = new Bulk(task);
        Identity identity =
                Identity.elliptic(Files.createDirectory(task.lab().directory().resolve("bulk")));
        String target = "/bytes/" + task.selection().size();
        try (var clear = new RawServer(null, RawServer::bulk);
                var secure = new RawServer(identity.context(), RawServer::bulk);
                var second = LocalUpstream.start(identity.store().toString(), Identity.PASSWORD)) {
            bulk.rows("http", clear.url(target), null, 1.25, 2.0);
            bulk.rows("https", secure.url(target), identity.certificate(), null, null);
            bulk.rows("https, HTTP/2", second.https() + target, identity.certificate(), null, null);
            bulk.file(clear.url(target));
        }
        return true;
    }

    private void rows(
            String scheme, String url, @Nullable Path certificate, @Nullable Double wall, @Nullable Double cpu)
            throws IOException {
        Lab lab = task.lab();
        var alone = new Contest(size + ", " + scheme + ", to /dev/null", lab);
        var piped = new Contest(size + ", " + scheme + ", through a pipe", lab);
        for (Client client : task.clients()) {
            List<String> command = client.get(url, certificate, null);
            alone.with(client.name(), () -> lab.alone(command, client.environment()));
            piped.with(client.name(), () -> lab.throughCat(command, client.environment()));
        }
        add(scheme + ", to /dev/null", alone.run(task.selection().runs()), null, null);
        add(scheme + ", `\\| cat >/dev/null`", piped.run(task.selection().runs()), wall, cpu);
    }

    /** To a file. Only relay has it on the disk at its end; the others are given a sync(1) of the file. */
    private void file(String url) throws IOException {
        Lab lab = task.lab();
        var contest = new Contest(size + ", to a file", lab);
        for (Client client : task.clients()) {
            List<String> get = client.get(url, null, lab.file());
            boolean relay = client.name().startsWith(Table.RELAY);
            List<String> command = relay ? get : synced(get);
            contest.with(client.name(), () -> {
                Files.deleteIfExists(lab.file());
                return lab.alone(command, client.environment());
            });
        }
        add("http, to a file, on the disk", contest.run(task.selection().runs()), null, null);
        Files.deleteIfExists(lab.file());
    }

    private List<String> synced(List<String> get) {
        var line = new ArrayList<>(
                List.of("sh", "-c", "\"$@\" && sync \"$0\"", task.lab().file().toString()));
        line.addAll(get);
        return line;
    }

    private void add(String what, Map<String, Series> results, @Nullable Double wall, @Nullable Double cpu) {
        task.table().compare(size + ", " + what, results, Measure.SECONDS, PEER, wall);
        task.table().compare("its processor time", results, Measure.CPU, PEER, cpu);
    }
}

package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How fast what comes out of a pipe is sent, and in how much memory. */
final class Uploads {
    private static final String PEER = "curl";
    private static final Set<String> OTHERS = Set.of("wget", "HTTPie");
    private static final Table.Bar MEMORY = new Table.Bar("≤ 96 MB", 96);

    private final Task task;
    private final long size;

    private Uploads(Task task) {
        this.task = task;
        this.size = task.selection().size();
    }

    static boolean measure(Task task) throws Exception {
        var uploads = new Uploads(task);
        Identity identity =
                Identity.elliptic(Files.createDirectory(task.lab().directory().resolve("uploads")));
        try (var clear = new SinkServer(null);
                var secure = new SinkServer(identity.context())) {
            uploads.rows("http", clear.url(), null, 1.25);
            uploads.rows("https", secure.url(), identity.certificate(), null);
        }
        return true;
    }

    private void rows(String scheme, String url, @Nullable Path certificate, @Nullable Double wall) throws IOException {
        String what = Task.size(size) + " from a pipe, " + scheme;
        var contest = new Contest(what, task.lab());
        for (Client client : task.clients(client -> !OTHERS.contains(client.name()))) {
            List<String> command = piped(client, url, certificate);
            contest.with(client.name(), () -> task.lab().alone(command, client.environment()));
        }
        Map<String, Series> results = contest.run(task.selection().runs());
        task.table().compare(what + ", sent", results, Measure.SECONDS, PEER, wall);
        task.table().compare("its processor time, that of the pipe included", results, Measure.CPU, PEER, null);
        var cells = new LinkedHashMap<String, String>();
        results.forEach((name, series) -> cells.put(name, Measure.PEAK.text(Measure.PEAK.of(series))));
        Series relay = results.get(Table.RELAY);
        String verdict = Table.verdict(relay == null ? null : Measure.PEAK.of(relay), MEMORY);
        task.table().add("its peak memory", cells, "", verdict);
    }

    /** The program with zeros on its standard input, which is a pipe. */
    private List<String> piped(Client client, String url, @Nullable Path certificate) {
        var line = new ArrayList<>(List.of("sh", "-c", "head -c \"$0\" /dev/zero | \"$@\"", Long.toString(size)));
        boolean relay = client.name().startsWith(Table.RELAY);
        line.addAll(relay ? List.of(client.program().getFirst(), "put") : client.program());
        if (certificate != null) {
            line.addAll(List.of(client.authority(), certificate.toString()));
        }
        line.addAll(List.of("-T", "-", url));
        return line;
    }
}

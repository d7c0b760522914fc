package dev.relay.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What it costs to verify a large body on its way through a pipe, beside a second program that reads all of it too. */
final class Verified {
    private static final String PEER = "curl";

    private Verified() {}

    static boolean measure(Task task) throws Exception {
        long length = task.selection().size();
        String size = Task.size(length);
        Lab lab = task.lab();
        String checksum = "sha256:" + Payload.sha256(length);
        try (var upstream = new RawServer(null, RawServer::bulk)) {
            String url = upstream.url("/bytes/" + length);
            var contest = new Contest(size + ", verified", lab);
            for (Client client : task.clients(
                    any -> any.name().startsWith(Table.RELAY) || any.name().equals(PEER))) {
                List<String> command = command(client, url, checksum);
                contest.with(client.name(), () -> lab.throughCat(command, client.environment()));
            }
            Map<String, Series> results = contest.run(task.selection().runs());
            String what = size + ", http, sha256, `\\| cat >/dev/null` (curl: `\\| tee >(sha256sum) \\| cat`)";
            task.table().compare(what, results, Measure.SECONDS, PEER, 1.0);
        }
        return true;
    }

    private static List<String> command(Client client, String url, String checksum) {
        List<String> get = client.get(url, null, null);
        if (client.name().startsWith(Table.RELAY)) {
            var line = new ArrayList<>(get);
            line.addAll(List.of("--checksum", checksum));
            return line;
        }
        var line = new ArrayList<>(List.of("bash", "-c", "\"$@\" | tee >(sha256sum >&2)", "bash"));
        line.addAll(get);
        return line;
    }
}

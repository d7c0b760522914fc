package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code relay serve} beside other servers that pass on what an upstream sends: how soon it can be reached, how fast it
 * hands over, and in how much memory when the client is slow.
 */
final class Handovers {
    private static final Path NOWHERE = Path.of("/dev/null");
    private static final Table.Bar MEMORY = new Table.Bar("≤ 96 MB", 96);
    private static final double READY = 6.0;
    private static final double OF_GO = 1.0;
    private static final double OF_NGINX = 1.5;
    /** Of the whole size, so that it takes no longer than the rest. */
    private static final int SLOW_PART = 8;

    private final Task task;
    private final Path pipe;
    private final Path errors;
    private final Path clientErrors;

    private Handovers(Task task) throws IOException {
        this.task = task;
        Path directory = Files.createDirectories(task.lab().directory().resolve("serve"));
        pipe = directory.resolve("url");
        errors = directory.resolve("errors");
        clientErrors = directory.resolve("client-errors");
        Kernel.makePipe(pipe);
    }

    static boolean measure(Task task) throws Exception {
        var handovers = new Handovers(task);
        handovers.ready();
        if (Tool.find("curl").isEmpty()) {
            System.err.println("bench: curl is not installed: nobody to hand over to");
            return true;
        }
        long size = task.selection().size();
        try (var server = new RawServer(null, RawServer::bulk)) {
            handovers.speed(size, server.url("/bytes/" + size));
            handovers.memory(size / SLOW_PART, server.url("/bytes/" + size / SLOW_PART));
        }
        return true;
    }

    /** From the start of a file's server to its URL on standard output. */
    private void ready() throws IOException {
        Path directory = task.lab().directory();
        Path file = Files.writeString(directory.resolve("served.txt"), "hello, world\n");
        List<String> hello = StartUp.hello(directory);
        String what = "`serve FILE`, until its URL is told";
        var contest = new Contest(what, task.lab())
                .with(StartUp.HELLO, () -> task.lab().alone(hello, Map.of()));
        for (Client client : task.clients(client -> client.name().startsWith(Table.RELAY))) {
            List<String> command = List.of(client.program().getFirst(), "serve", "-s", file.toString());
            var passer = new Passer(client.name(), command, "", true, client.environment());
            contest.with(client.name(), () -> untilReady(passer));
        }
        Map<String, Series> results = contest.run(4 * task.selection().runs());
        task.table().compare(what, results, Measure.MILLISECONDS, StartUp.HELLO, READY);
    }

    private Sample untilReady(Passer passer) throws IOException {
        Passer.Standing standing = passer.start(pipe, errors);
        long wall = standing.launch().elapsed();
        standing.launch().stop();
        Sample end = standing.launch().end();
        return new Sample(0, wall, end.cpuNanos(), end.peakBytes());
    }

    private List<Passer> passers(String upstream) throws IOException {
        var passers = new ArrayList<Passer>();
        for (Client client : task.clients(client -> client.name().startsWith(Table.RELAY))) {
            passers.add(Passer.relay(client, upstream));
        }
        Passer.nginx(pipe.resolveSibling("nginx"), upstream).ifPresent(passers::add);
        Passer.go(pipe.resolveSibling("go"), upstream).ifPresent(passers::add);
        return passers;
    }

    private void speed(long size, String upstream) throws IOException {
        String what = Task.size(size) + " served from an upstream to curl";
        Map<String, Series> results = contest(what, upstream, List.of());
        task.table().compare(what, results, Measure.SECONDS, Passer.GO, OF_GO);
        task.table().compare("the same", results, Measure.SECONDS, Passer.NGINX, OF_NGINX);
        task.table().compare("processor time of the server", results, Measure.CPU, Passer.GO, null);
    }

    private void memory(long size, String upstream) throws IOException {
        long rate = Math.max(1, size / SLOW_PART);
        String what = "peak memory of the server, " + Task.size(size) + ", slow client";
        Map<String, Series> results = contest(what, upstream, List.of("--limit-rate", Long.toString(rate)));
        var cells = new LinkedHashMap<String, String>();
        results.forEach((name, series) -> cells.put(name, Measure.PEAK.text(Measure.PEAK.of(series))));
        Series relay = results.get(Table.RELAY);
        task.table().add(what, cells, "", Table.verdict(relay == null ? null : Measure.PEAK.of(relay), MEMORY));
    }

    private Map<String, Series> contest(String what, String upstream, List<String> pace) throws IOException {
        var contest = new Contest(what, task.lab());
        for (Passer passer : passers(upstream)) {
            contest.with(passer.name(), () -> once(passer, pace));
        }
        return contest.run(pace.isEmpty() ? task.selection().runs() : 1);
    }

    /** The client's time, and what the server used of the machine. */
    private Sample once(Passer passer, List<String> pace) throws IOException {
        Passer.Standing standing = passer.start(pipe, errors);
        var command = new ArrayList<>(List.of("curl", "-q", "-sS", "-f", "-o", "/dev/null"));
        command.addAll(pace);
        command.add(standing.url());
        Sample client = Launch.of(command, Map.of(), NOWHERE, clientErrors).end();
        if (client.exitCode() != 0) {
            System.err.println("bench: curl from " + passer.name() + ": "
                    + Files.readString(clientErrors).strip());
        }
        if (!passer.endsByItself() || client.exitCode() != 0) {
            standing.launch().stop();
        }
        Sample server = standing.launch().end();
        int exit = client.exitCode() != 0 || !passer.endsByItself() ? client.exitCode() : server.exitCode();
        return new Sample(exit, client.wallNanos(), server.cpuNanos(), server.peakBytes());
    }
}

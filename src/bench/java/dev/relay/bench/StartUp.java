package dev.relay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long a whole small run takes, beside the least that a Java program can do. */
final class StartUp {
    static final String HELLO = "JVM hello world";

    private final Task task;
    private final List<String> hello;

    private StartUp(Task task, List<String> hello) {
        this.task = task;
        this.hello = hello;
    }

    static boolean measure(Task task) throws Exception {
        var startUp = new StartUp(task, hello(task.lab().directory()));
        Identity elliptic = Identity.elliptic(task.lab().directory());
        Identity rsa = Identity.rsa(task.lab().directory());
        Path file = task.lab().file();
        try (var first = LocalUpstream.start(elliptic.store().toString(), Identity.PASSWORD);
                var second = LocalUpstream.start(rsa.store().toString(), Identity.PASSWORD)) {
            startUp.row("`--version`", 3.5, Client::version);
            startUp.row("`get --help`", 3.5, Client::help);
            startUp.fetch("small http", 4.0, first.http(), null, null);
            startUp.fetch("small http, to a file", null, first.http(), null, file);
            startUp.onTerminal("small http, stderr a terminal", first.http());
            startUp.fetch("small https, EC certificate", 8.0, first.https(), elliptic, null);
            startUp.fetch("small https, RSA certificate", 8.0, second.https(), rsa, null);
        }
        return true;
    }

    private void fetch(
            String what, @Nullable Double factor, String origin, @Nullable Identity identity, @Nullable Path file)
            throws IOException {
        Path certificate = identity == null ? null : identity.certificate();
        row(what, factor, client -> client.get(origin + "/hello", certificate, file));
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /** Where progress is told, should the transfer last. */
    private void onTerminal(String what, String origin) throws IOException {
        Lab lab = task.lab();
        try (var terminal = Terminal.in(lab.directory())) {
            var contest = new Contest(what, lab).with(HELLO, () -> lab.alone(hello, Map.of()));
            for (Client client : task.clients()) {
                List<String> command = client.get(origin + "/hello", null, null);
                contest.with(client.name(), () -> lab.alone(command, client.environment(), terminal));
            }
            Map<String, Series> results = contest.run(4 * task.selection().runs());
            task.table().compare(what, results, Measure.MILLISECONDS, HELLO, null);
        }
    }

    private void row(String what, @Nullable Double factor, Function<Client, List<String>> command) throws IOException {
        Lab lab = task.lab();
        var contest = new Contest(what, lab).with(HELLO, () -> lab.alone(hello, Map.of()));
        for (Client client : task.clients()) {
            contest.with(client.name(), () -> lab.alone(command.apply(client), client.environment()));
        }
        Map<String, Series> results = contest.run(4 * task.selection().runs());
        task.table().compare(what, results, Measure.MILLISECONDS, HELLO, factor);
    }

    /** Compiles the program that everyone knows, for a runtime without any options. */
    static List<String> hello(Path directory) throws IOException {
        Path source = Files.writeString(
                directory.resolve("Hello.java"),
                "class Hello { public static void main(String[] a) { System.out.println(\"hello, world\"); } }");
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        Tool.run(List.of(bin + "/javac", "-d", directory.toString(), source.toString()));
        return List.of(bin + "/java", "-cp", directory.toString(), "Hello");
    }
}

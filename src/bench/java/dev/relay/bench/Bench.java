package dev.relay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the built relay beside other clients on the loopback; the last thing it prints is a table in Markdown.
 *
 * <p>{@code -Drelay.image} names the image. What is measured is said by {@link Selection}.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        Selection selection;
        try {
            selection = Selection.of(args);
        } catch (IllegalArgumentException e) {
            System.err.println(Selection.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(selection) ? 0 : 1);
    }

    private static boolean run(Selection selection) throws Exception {
        List<Client> clients = clients(selection);
        var columns = new ArrayList<String>();
        clients.forEach(client -> columns.add(client.name()));
        columns.add(StartUp.HELLO);
        columns.add(Segments.PEER);
        columns.add(Passer.NGINX);
        columns.add(Passer.GO);
        var table = new Table(columns);
        String before = Machine.load();
        boolean sound = true;
        try (var lab = new Lab()) {
            var task = new Task(lab, table, clients, selection);
            for (Selection.Section section : Selection.Section.values()) {
                if (selection.sections().contains(section)) {
                    sound &= switch (section) {
                        case STARTUP -> StartUp.measure(task);
                        case BULK -> Bulk.measure(task);
                        case MEMORY -> Memory.measure(task);
                        case LATENCY -> Latency.measure(task);
                        case CROWD -> Crowd.measure(task);
                        case CHECKSUM -> Verified.measure(task);
                        case PARALLEL -> Segments.measure(task);
                        case UPLOAD -> Uploads.measure(task);
                        case SERVE -> Handovers.measure(task);
                        case DUPLEX -> Conversations.measure(task);
                        case SOAK -> Soak.measure(task);
                    };
                }
            }
        }
        System.out.println();
        System.out.println(Machine.name() + "; load " + before + " at the start, " + Machine.load() + " at the end.");
        System.out.println();
        System.out.println(table);
        return sound;
    }

    private static List<Client> clients(Selection selection) {
        Path image = Path.of(System.getProperty("relay.image", "target/relay")).toAbsolutePath();
        var clients = new ArrayList<Client>();
        clients.add(Client.relay(Table.RELAY, image, ""));
        for (String options : selection.variants()) {
            clients.add(Client.relay("relay " + options, image, options));
        }
        clients.addAll(Client.others());
        return clients;
    }
}

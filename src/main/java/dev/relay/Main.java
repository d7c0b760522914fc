package dev.relay;

import dev.relay.io.Cancellation;
import dev.relay.io.Surroundings;
import dev.relay.report.Person;
import dev.relay.upstream.WarmUp;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The process: its surroundings, its signals, and its exit code. */
public final class Main {
    private Main() {}

    public static void main(String[] argv) {
        WarmUp.begin(argv);
        var cancellation = new Cancellation(Thread.currentThread());
        var signals = Signals.watch(cancellation);
        int code = App.run(argv, surroundings(), cancellation);
        signals.done();
        System.exit(code);
    }

    private static Surroundings surroundings() {
        return new Surroundings(
                environment(),
                Path.of(""),
                // Not System.in, which reads ahead, and from which no channel can be had.
                new FileInputStream(FileDescriptor.in),
                // Not System.out, which swallows write errors.
                new FileOutputStream(FileDescriptor.out).getChannel(),
                System.err,
                terminals(),
                System::nanoTime,
                InstantSource.system(),
                new Person());
    }

    /** As the user has set it: the launcher gives the runtime a locale of its own. */
    private static Map<String, String> environment() {
        var environment = new HashMap<>(System.getenv());
        String locale = System.getProperty("relay.locale");
        if (locale != null) {
            environment.put("LC_ALL", locale);
        }
        return environment;
    }

    /** Which descriptors are terminals: the launcher's shell can tell at no cost. */
    private static Set<Integer> terminals() {
        var terminals = new HashSet<Integer>();
        String known = System.getProperty("relay.terminals", "");
        for (int descriptor = 0; descriptor <= 2; descriptor++) {
            if (known.indexOf('0' + descriptor) >= 0) {
                terminals.add(descriptor);
            }
        }
        return terminals;
    }
}

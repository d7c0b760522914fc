package dev.relay.listener;

import dev.relay.io.Ledger;
import dev.relay.io.Surroundings;
import dev.relay.plan.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the origin for a source. */
final class Origins {
    private static final String STDIN = "standard input";

    private Origins() {}

    static Origin of(Service service, Surroundings surroundings, Ledger ledger) throws IOException {
        if (service.source() instanceof Service.LocalFile file) {
            Path path = surroundings.workingDirectory().resolve(file.path());
            boolean stream = Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
            Origin origin = stream
                    ? new StreamOrigin(() -> Files.newInputStream(path), file.shown(), "download")
                    : new FileOrigin(path, file.shown(), surroundings.clock());
            return new LocalOrigin(origin, service.limits().rate(), surroundings.nanoTime(), ledger);
        }
        if (service.source() instanceof Service.Upstream upstream) {
            var passing = new Passing(service.policy(), service.entrance().credentials() != null);
            return new UpstreamOrigin(upstream, passing, surroundings, ledger);
        }
        var stdin = new StreamOrigin(surroundings::stdin, STDIN, "stdin");
        return new LocalOrigin(stdin, service.limits().rate(), surroundings.nanoTime(), ledger);
    }

    /** What is served, as it may be shown. */
    static String shown(Service.Source source) {
        // No switch: what selects among types is made when it is first needed, which a short run would wait for.
        if (source instanceof Service.Upstream upstream) {
            return upstream.plan().request().url().toString();
        }
        if (source instanceof Service.Duplex duplex) {
            return duplex.plan().request().url().toString();
        }
        return source instanceof Service.LocalFile file ? file.shown() : STDIN;
    }
}

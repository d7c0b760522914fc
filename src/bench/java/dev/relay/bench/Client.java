package dev.relay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program that fetches, and how it is told to.
 *
 * @param name the column of the table
 * @param program its command and the options of every fetch
 * @param authority the option that names the trusted certificate
 * @param toStdout the options for a body on standard output
 * @param toFile the option that names an output file
 * @param help the command that prints its help
 * @param environment added to that of the bench
 */
record Client(
        String name,
        List<String> program,
        String authority,
        List<String> toStdout,
        String toFile,
        List<String> help,
        Map<String, String> environment) {

    /** The built image; options for its runtime may be added. */
    static Client relay(String name, Path image, String javaOptions) {
        String relay = image.resolve("bin/relay").toString();
        Map<String, String> environment = javaOptions.isEmpty() ? Map.of() : Map.of("RELAY_JAVA_OPTS", javaOptions);
        return new Client(
                name, List.of(relay, "get"), "--cacert", List.of(), "-o", List.of(relay, "get", "--help"), environment);
    }

    /** The known clients, in the order of the columns; what is missing is not there. */
    static List<Client> others() {
        var clients = new ArrayList<Client>();
        named("curl", "curl", List.of("-q", "-sS", "-N"), "--cacert", List.of(), "-o")
                .ifPresent(clients::add);
        named("wget", "wget", List.of("--no-config", "-q"), "--ca-certificate", List.of("-O", "-"), "-O")
                .ifPresent(clients::add);
        named("HTTPie", "http", List.of("--ignore-stdin"), "--verify", List.of(), "--output")
                .ifPresent(clients::add);
        return clients;
    }

    private static Optional<Client> named(
            String name, String program, List<String> options, String authority, List<String> toStdout, String toFile) {
        Optional<Path> found = Tool.find(program);
        if (found.isEmpty()) {
            System.err.println("bench: " + name + " is not installed: left out");
        }
        return found.map(path -> {
            var line = new ArrayList<>(List.of(path.toString()));
            line.addAll(options);
            List<String> help = List.of(path.toString(), "--help");
            return new Client(name, List.copyOf(line), authority, toStdout, toFile, help, Map.of());
        });
    }

    /** Prints its version. */
    List<String> version() {
        return List.of(program.getFirst(), "--version");
    }

    /**
     * Fetches a URL.
     *
     * @param certificate what it trusts; null for http
     * @param file where the body goes; null for standard output
     */
    List<String> get(String url, @Nullable Path certificate, @Nullable Path file) {
        var line = new ArrayList<>(program);
        if (certificate != null) {
            line.addAll(List.of(authority, certificate.toString()));
        }
        line.addAll(file == null ? toStdout : List.of(toFile, file.toString()));
        line.add(url);
        return line;
    }
}

package dev.relay.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** relay as it is shipped: the image's bin/relay, as a process of its own. */
public final class Launcher {
    private final Path image;
    private final Path directory;

    private Launcher(Path image, Path directory) {
        this.image = image;
        this.directory = directory;
    }

    /** The image that the system property {@code relay.image} names; without one the test is skipped. */
    public static Launcher built() {
        Path image = Path.of(System.getProperty("relay.image", "target/relay")).toAbsolutePath();
        Assumptions.assumeTrue(
                Files.isExecutable(image.resolve("bin/relay")), () -> "needs the image in " + image + ": run make");
        return new Launcher(image, Path.of("").toAbsolutePath());
    }

    /** In that working directory. */
    public Launcher in(Path where) {
        return new Launcher(image, where);
    }

    public Path program() {
        return image.resolve("bin/relay");
    }

    /** Runs it to its end. */
    public Run run(String... argv) throws IOException, InterruptedException {
        try (var launched = start(argv)) {
            return launched.end();
        }
    }

    /** Starts it, with pipes for its streams. */
    public Launched start(String... argv) throws IOException {
        var command = new ArrayList<String>();
        command.add(program().toString());
        command.addAll(List.of(argv));
        return new Launched(prepared(command).start());
    }

    /** Starts it with its standard output going straight to that file. */
    public Launched startWritingTo(File stdout, String... argv) throws IOException {
        var command = new ArrayList<String>();
        command.add(program().toString());
        command.addAll(List.of(argv));
        return new Launched(prepared(command).redirectOutput(stdout).start());
    }

    /** Runs a line of the shell in which {@code relay} is this one; the line's exit code is the shell's. */
    public Run shell(String line) throws IOException, InterruptedException {
        try (var launched = startShell("sh", line)) {
            return launched.end();
        }
    }

    /** Runs a line of bash, which knows {@code pipefail} and {@code PIPESTATUS}. */
    public Run bash(String line) throws IOException, InterruptedException {
        try (var launched = startShell(Programs.require("bash").toString(), line)) {
            return launched.end();
        }
    }

    /** Starts a line of the shell in which {@code relay} is this one. */
    public Launched startShell(String line) throws IOException {
        return startShell("sh", line);
    }

    private Launched startShell(String shell, String line) throws IOException {
        return new Launched(prepared(List.of(shell, "-c", line)).start());
    }

    private ProcessBuilder prepared(List<String> command) {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", image.resolve("bin") + File.pathSeparator + environment.get("PATH"));
        environment.put("XDG_CONFIG_HOME", "/nonexistent");
        environment.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return builder;
    }
}

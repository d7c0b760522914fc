package dev.relay.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates in the forms in which openssl writes them. */
public final class OpenSsl {
    private final Path directory;

    /** @param directory where its files are; a test on a machine without openssl is skipped */
    public OpenSsl(Path directory) {
        Programs.require("openssl");
        this.directory = directory;
    }

    /** Runs it; what it says is the message of the failure, if it fails. */
    public OpenSsl run(String command) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("openssl"));
        line.addAll(List.of(command.split(" ")));
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("openssl " + command + ": " + said);
        }
        return this;
    }

    /** A key, {@code NAME.key}, and its self-signed certificate, {@code NAME.crt}. */
    public OpenSsl pair(String name, String algorithm) throws IOException, InterruptedException {
        run("genpkey -algorithm " + algorithm + " -out " + name + ".key");
        return run("req -x509 -key " + name + ".key -subj /CN=" + name + " -days 2 -out " + name + ".crt");
    }

    public Path file(String name) {
        return directory.resolve(name);
    }
}

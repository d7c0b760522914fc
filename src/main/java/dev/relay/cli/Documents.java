package dev.relay.cli;

import dev.relay.cli.docs.ManualPage;
import dev.relay.cli.docs.Shell;
import dev.relay.cli.model.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the manual and the completion scripts into the tree: {@code make docs}. No part of what a user runs. */
public final class Documents {
    private Documents() {}

    /**
     * Writes them all.
     *
     * @param argv the root of the tree; without it, the working directory
     */
    public static void main(String[] argv) throws IOException {
        Path root = Path.of(argv.length == 0 ? "." : argv[0]);
        for (Map.Entry<String, String> document : all().entrySet()) {
            Path file = root.resolve(document.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, document.getValue());
        }
    }

    /** The path of each document in the tree, and its text. */
    static Map<String, String> all() {
        var documents = new LinkedHashMap<String, String>();
        Verbs.all().stream()
                .map(Command::page)
                .distinct()
                .forEach(page -> documents.put("man/" + page + ".1", ManualPage.of(page, Verbs.all())));
        for (Shell shell : Shell.values()) {
            documents.put("completions/" + shell.fileName(), shell.script(Verbs.all()));
        }
        return documents;
    }
}

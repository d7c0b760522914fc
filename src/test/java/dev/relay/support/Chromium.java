package dev.relay.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A browser without a window, and with a profile of its own that saves what it downloads without asking. */
public final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    /** How long it may take to end in order. */
    private static final long ASKED_SECONDS = 10;

    private final Process process;
    private final Path downloads;
    private final Path page;

    private Chromium(Process process, Path downloads, Path page) {
        this.process = process;
        this.downloads = downloads;
        this.page = page;
    }

    /** Opens a URL and stays; the profile and what is saved are below that directory, which must be empty. */
    public static Chromium opening(String url, Path directory) throws IOException {
        return start(directory, "--remote-debugging-port=0", url);
    }

    /** What it makes of a page, as HTML, once that is loaded. */
    public static String page(String url, Path directory) throws IOException, InterruptedException {
        try (Chromium chromium = start(directory, "--dump-dom", url)) {
            if (!chromium.process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("chromium does not end");
            }
            return Files.readString(chromium.page);
        }
    }

    private static Chromium start(Path directory, String mode, String url) throws IOException {
        Path profile = Files.createDirectories(directory.resolve("profile"));
        Path downloads = Files.createDirectories(directory.resolve("downloads"));
        Path preferences = Files.createDirectories(profile.resolve("Default")).resolve("Preferences");
        Files.writeString(
                preferences,
                "{\"download\":{\"default_directory\":\"" + downloads + "\",\"prompt_for_download\":false}}",
                StandardCharsets.UTF_8);
        var command = new ArrayList<String>();
        command.add(Programs.require("chromium").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("--user-data-dir=" + profile, mode, url));
        Path page = directory.resolve("page");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(page.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("TMPDIR", Files.createDirectories(directory.resolve("t")).toString());
        return new Chromium(builder.start(), downloads, page);
    }

    /** The file that it saved under that name, waiting for it to be there whole. */
    public Path saved(String name) throws IOException, InterruptedException {
        Path file = downloads.resolve(name);
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        // It reserves the name with an empty file, and moves what it has loaded there in the end.
        while (!Files.exists(file) || Files.size(file) == 0 || names(downloads).size() > 1) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + name + ", there is " + names(downloads));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return file;
    }

    /** The names of all that was saved below that directory. */
    public static List<String> savedIn(Path directory) throws IOException {
        return names(directory.resolve("downloads"));
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void close() {
        // All of them must be gone before the profile can be removed; asked in time, it clears up behind itself.
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, ASKED_SECONDS, TimeUnit.SECONDS)
                .join();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}

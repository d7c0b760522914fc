package dev.relay.support;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A terminal with a shell in it, and in the shell a command {@code r} that the test has written. tmux keeps the screen:
 * what is read from it is what a person would see.
 */
public final class Screen implements AutoCloseable {
    private static final int ROWS = 12;
    private static final long LOOK_AGAIN = 30;

    private final Path directory;
    private final List<String> tmux;

    private Screen(Path directory, List<String> tmux) {
        this.directory = directory;
        this.tmux = tmux;
    }

    /**
     * A terminal of so many columns, where the shell has not been told anything yet.
     *
     * @param directory where the shell is, and where the test may put files
     * @param script the lines of {@code r}, in which {@code relay} is the built one
     */
    public static Screen of(int columns, Path directory, String script) throws IOException, InterruptedException {
        String program = Programs.require("tmux").toString();
        Programs.require("bash");
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path r = Files.writeString(bin.resolve("r"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(r, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        String socket = directory.resolve("tmux").toString();
        var screen = new Screen(directory, List.of(program, "-u", "-S", socket, "-f", "/dev/null"));
        screen.tmux(
                "new-session",
                "-d",
                "-x",
                Integer.toString(columns),
                "-y",
                Integer.toString(ROWS),
                // Without its line editor, so that the shell itself never changes the terminal.
                "exec env PS1='$ ' bash --norc --noprofile --noediting -i");
        screen.tmux("set-option", "-g", "window-size", "manual");
        try {
            screen.await("the prompt", "$"::equals);
        } catch (AssertionError e) {
            screen.close();
            throw e;
        }
        return screen;
    }

    /** Types the name of the command, and return. */
    public Screen run() throws IOException {
        return type("r", "Enter");
    }

    /** Presses keys, by the names that tmux has for them. */
    public Screen type(String... keys) throws IOException {
        var command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
        return this;
    }

    public Screen resize(int columns) throws IOException {
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(ROWS));
        return this;
    }

    /** What is on the screen, without what is empty at the end of it and of its lines. */
    public String text() throws IOException {
        return tmux("capture-pane", "-p").stripTrailing();
    }

    /** The same with the sequences for its colours. */
    public String colored() throws IOException {
        return tmux("capture-pane", "-p", "-e").stripTrailing();
    }

    /** Whether the cursor is shown. */
    public boolean hasCursor() throws IOException {
        return tmux("display-message", "-p", "#{cursor_flag}").strip().equals("1");
    }

    /** Waits until the screen is as it should be, and gives it. */
    public String await(String what, Predicate<String> condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        String seen = text();
        while (!condition.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what + " on the screen:\n" + seen);
            }
            // Nothing tells that a screen has changed: one looks at it.
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN);
            seen = text();
        }
        return seen;
    }

    /** Waits for the file of that name in the directory, and reads it. */
    public String awaitFile(String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name);
        await("the file " + name, seen -> Files.exists(file));
        return Files.readString(file);
    }

    private String tmux(String... arguments) throws IOException {
        var command = new ArrayList<>(tmux);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(Screen::isUnwanted);
        environment.merge("PATH", bins(), (path, first) -> first + File.pathSeparator + path);
        environment.put("XDG_CONFIG_HOME", "/nonexistent");
        environment.put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private String bins() {
        return directory.resolve("bin")
                + File.pathSeparator
                + Launcher.built().program().getParent();
    }

    private static boolean isUnwanted(String name) {
        return name.startsWith("TMUX")
                || name.equals("NO_COLOR")
                || name.equals("COLUMNS")
                || name.startsWith("LC_")
                || name.toLowerCase(Locale.ROOT).endsWith("_proxy");
    }

    /** Ends the shell and whatever runs in it. */
    @Override
    public void close() throws IOException {
        tmux("kill-server");
    }
}

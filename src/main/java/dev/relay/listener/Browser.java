package dev.relay.listener;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The browser of whoever sits here, for {@code --open}: that there is none is told, and no failure. */
final class Browser {
    private static final long STARTING_SECONDS = 5;

    private Browser() {}

    static void open(String url, Consumer<String> note) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        String program = mac ? "open" : "xdg-open";
        Thread.ofVirtual().name("browser").start(() -> {
            try {
                Process process = new ProcessBuilder(List.of(program, url))
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor(STARTING_SECONDS, TimeUnit.SECONDS) && process.exitValue() != 0) {
                    note.accept("--open: " + program + " ended with " + process.exitValue());
                }
            } catch (IOException e) {
                note.accept("--open: there is no " + program + " here");
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

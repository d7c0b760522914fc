package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Launched;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Signals;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** relay serve as it is shipped: its output, its signals, and the programs that it starts. */
class ServeIT {
    private static final int LARGE = 20_000_000;

    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    /** Where it can be reached, once it has said so. */
    private static URI url(Launched launched) throws IOException {
        var line = new StringBuilder();
        for (String next = launched.read(1); !next.equals("\n"); next = launched.read(1)) {
            if (next.isEmpty()) {
                throw new AssertionError("no URL: " + line);
            }
            line.append(next);
        }
        return URI.create(line.toString());
    }

    private static String download(URI url) throws IOException {
        try (var client = RawClient.to(url.getPort()).get(url.getRawPath())) {
            return client.restText();
        }
    }

    @Test
    void aFileIsHandedOverWithoutAnythingThatAsksAnUpstream() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        Path log = directory.resolve("classes");
        // The cache has all its classes loaded at once: without it, only those are that are used.
        String line = "RELAY_JAVA_OPTS='-XX:AOTMode=off -Xlog:class+load:file=" + log + "' exec relay serve a.txt";
        try (var launched = launcher.in(directory).startShell(line)) {
            assertThat(download(url(launched)))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("hello");
            var end = launched.end();
            assertThat(end.exit()).isZero();
            assertThat(end.stdout()).isEmpty();
            assertThat(end.stderr()).contains("sent 5 bytes to 127.0.0.1");
        }
        assertThat(Files.readString(log))
                .contains("dev.relay.listener.Serving")
                .doesNotContain("java.net.http.")
                .doesNotContain("jdk.internal.net.http.")
                .doesNotContain("javax.net.ssl.SSLContext ")
                .doesNotContain("org.jline.");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsItAndTheClientSeesACut(String signal, int exit) throws Exception {
        Signals.require();
        Files.write(directory.resolve("big"), new byte[LARGE]);
        try (var launched = launcher.in(directory).start("serve", "big")) {
            URI url = url(launched);
            try (var client = RawClient.to(url.getPort(), 4096).get(url.getRawPath())) {
                client.head();
                client.read(1000);
                launched.signal(signal);
                assertThat(launched.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(client.rest()).hasSizeLessThan(LARGE - 1000);
                assertThat(client.wasReset()).isTrue();
            }
            var end = launched.end();
            assertThat(end.exit()).isEqualTo(exit);
            assertThat(end.stderr()).doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void aSignalEndsItWhileNobodyIsThere() throws Exception {
        Signals.require();
        Files.writeString(directory.resolve("a.txt"), "hello");
        try (var launched = launcher.in(directory).start("serve", "a.txt")) {
            url(launched);
            launched.signal("INT");
            assertThat(launched.end().exit()).isEqualTo(130);
        }
    }

    private void browser(String script) throws Exception {
        Path program = Files.createDirectories(directory.resolve("bin")).resolve("xdg-open");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void theBrowserHereIsGivenTheUrl() throws Exception {
        Programs.require("curl");
        Files.writeString(directory.resolve("a.txt"), "hello");
        browser("exec curl -sS -o got \"$1\"");

        var run = launcher.in(directory).shell("PATH=$PWD/bin:$PATH exec relay serve --open a.txt");

        assertThat(run.exit()).isZero();
        assertThat(directory.resolve("got")).hasContent("hello");
    }

    @Test
    void aBrowserThatDoesNotStartIsToldAndNoFailure() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        browser("exit 3");
        try (var launched = launcher.in(directory).startShell("PATH=$PWD/bin:$PATH exec relay serve --open a.txt")) {
            URI url = url(launched);
            launched.awaitStderr("--open: xdg-open ended with 3");
            assertThat(download(url)).endsWith("hello");
            assertThat(launched.end().exit()).isZero();
        }
    }

    @Test
    void withoutAnyBrowserTheUrlIsStillThere() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        Path empty = Files.createDirectories(directory.resolve("empty"));
        // The launcher is a script of the shell: what it calls has to be found, and xdg-open has not.
        for (String program : new String[] {"sh", "readlink", "dirname", "expr", "uname"}) {
            Files.createSymbolicLink(empty.resolve(program), Programs.require(program));
        }
        String line = "PATH=$PWD/empty exec " + launcher.program() + " serve --open a.txt";
        try (var launched = launcher.in(directory).startShell(line)) {
            URI url = url(launched);
            launched.awaitStderr("--open: there is no xdg-open here");
            assertThat(download(url)).endsWith("hello");
            assertThat(launched.end().exit()).isZero();
        }
    }
}

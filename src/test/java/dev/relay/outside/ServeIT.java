package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Launched;
import dev.relay.support.Launcher;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The first port that everybody may listen at. Such a file is read at once or not at all. */
    private static int firstFree() throws IOException {
        try (var file = Files.newInputStream(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))) {
            var digits = new byte[16];
            int count = file.read(digits);
            return Integer.parseInt(new String(digits, 0, count, StandardCharsets.US_ASCII).strip());
        } catch (NoSuchFileException _) {
            return 1024;
        }
    }

    /** Where root runs the tests, somebody is asked who may not listen there. */
    @Test
    void aPortThatIsForbiddenIsTold() throws Exception {
        Assumptions.assumeTrue(firstFree() > 1, "needs ports that not everybody may listen at");
        boolean root = Files.getAttribute(directory, "unix:uid").equals(0);
        String who = root ? Programs.require("setpriv") + " --reuid=65534 --regid=65534 --clear-groups " : "";
        var run = launcher.in(Path.of("/")).shell("echo hello | " + who + "relay serve --port 1 -");
        run.mustFailWith(105);
        assertThat(run.errorLines())
                .containsExactly("relay: cannot listen: 127.0.0.1:1: permission denied (--port 0 takes a free port)");
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
            var end = launched.end();
            assertThat(end.exit()).isEqualTo(130);
            assertThat(end.stderr()).containsPattern("(?m)^relay: .*: a\\.txt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:@word", "@whole"})
    void theListOfProcessesDoesNotHoldThePassword(String auth) throws Exception {
        String secret = "s3cret-word";
        Files.writeString(directory.resolve("word"), secret + "\n");
        Files.writeString(directory.resolve("whole"), "me:" + secret + "\n");
        Files.writeString(directory.resolve("a.txt"), "hello");
        try (var launched = launcher.in(directory).start("serve", "--auth", auth, "a.txt")) {
            URI url = url(launched);
            Path process = Path.of("/proc", Long.toString(launched.process().pid()));
            for (String file : new String[] {"cmdline", "environ"}) {
                assertThat(Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
            String login = Base64.getEncoder().encodeToString(("me:" + secret).getBytes(StandardCharsets.UTF_8));
            try (var client = RawClient.to(url.getPort()).get(url.getRawPath(), "Authorization: Basic " + login)) {
                assertThat(client.restText()).endsWith("hello");
            }
            assertThat(launched.end().exit()).isZero();
        }
    }

    @Test
    void clientsThatTakeAllDescriptorsKeepOthersOutOnlyWhileTheyAreThere() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
        var idle = new ArrayList<Socket>();
        try (var launched = launcher.in(directory).startShell("ulimit -n 40; exec relay serve --count 2 a.txt")) {
            URI url = url(launched);
            Path descriptors = Path.of("/proc", Long.toString(launched.process().pid()), "fd");
            Assumptions.assumeTrue(Files.isDirectory(descriptors), "needs a /proc");
            assertThat(download(url)).endsWith("hello");
            for (int i = 0; i < 40; i++) {
                idle.add(new Socket(InetAddress.getLoopbackAddress(), url.getPort()));
            }
            await(() -> count(descriptors) >= 39);
            for (Socket socket : idle) {
                socket.close();
            }
            await(() -> count(descriptors) < 35);
            assertThat(download(url)).endsWith("hello");
            assertThat(launched.end().exit()).isZero();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** What the system tells in /proc tells nobody that it has changed. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static long count(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void listenEndsLikeOthersWhenTheReaderOfItsOutputHasGone() throws Exception {
        String curl = Programs.require("curl").toString();
        Path file = Files.write(directory.resolve("big"), new byte[LARGE]);
        try (var launched = launcher.in(directory).start("listen", "--path", "/here", "-s")) {
            launched.awaitStderr("/here\n");
            String url = launched.told().strip();
            launched.stopReading();
            var client = new ProcessBuilder(curl, "-sS", "-T", file.toString(), url)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start();
            assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.exitValue()).isNotZero();
            assertThat(launched.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(launched.process().exitValue()).isEqualTo(141);
            assertThat(launched.told()).isEqualTo(url + "\n");
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

package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Content;
import dev.relay.support.Launcher;
import dev.relay.support.Nginx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** relay against a server that nobody here has written. */
class NginxIT {
    private static final Content LARGE = Content.noise(6, 64 << 20);

    private final Launcher launcher = Launcher.built();

    @TempDir
    Path directory;

    @TempDir
    Path serverDirectory;

    private Nginx nginx;

    private String authority;

    @BeforeEach
    void start() throws Exception {
        nginx = new Nginx(serverDirectory);
        authority = nginx.identity().authorityFile(directory).toString();
        Files.writeString(nginx.files().resolve("small.txt"), "hello world");
        Files.write(nginx.files().resolve("large.bin"), LARGE.bytes());
    }

    @AfterEach
    void stop() {
        nginx.close();
    }

    @Test
    void inClearAndOverTlsTheBodyIsTheFile() throws Exception {
        for (String url : new String[] {nginx.url("/large.bin"), nginx.secureUrl("/large.bin")}) {
            byte[] body = launcher.run("get", "--retry", "0", "--cacert", authority, url)
                    .mustSucceed()
                    .stdoutBytes();
            assertThat(Arrays.equals(body, LARGE.bytes())).isTrue();
        }
    }

    @Test
    void tlsIsHttp2() throws Exception {
        var run = launcher.run(
                "get", "--retry", "0", "--cacert", authority, "-w", " %{http_version}", nginx.secureUrl("/small.txt"));
        assertThat(run.mustSucceed().stdout()).isEqualTo("hello world 2");
        assertThat(nginx.log()).contains("GET /small.txt HTTP/2.0");
        launcher.run("get", "--retry", "0", "--cacert", authority, "--http1.1", nginx.secureUrl("/small.txt"))
                .mustSucceed();
        assertThat(nginx.log()).contains("GET /small.txt HTTP/1.1");
    }

    @Test
    void rangesRedirectsNamesAndErrors() throws Exception {
        assertThat(launcher.run("get", "--retry", "0", "-r", "6-", nginx.url("/small.txt"))
                        .mustSucceed()
                        .stdout())
                .isEqualTo("world");
        assertThat(launcher.run("get", "--retry", "0", nginx.url("/moved/small.txt"))
                        .mustSucceed()
                        .stdout())
                .isEqualTo("hello world");
        launcher.in(directory)
                .run("get", "--retry", "0", "-O", nginx.url("/small.txt"))
                .mustSucceed();
        assertThat(directory.resolve("small.txt")).hasContent("hello world");
        launcher.run("get", "--retry", "0", nginx.url("/missing")).mustFailWith(22);
        launcher.run("get", "--retry", "0", nginx.url("/status/")).mustFailWith(22);
        assertThat(launcher.run("head", nginx.url("/small.txt")).mustSucceed().stdout())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("content-length: 11");
    }

    @Test
    void aReaderThatHasEnoughEndsTheTransfer() throws Exception {
        for (String url : new String[] {nginx.url("/limited/large.bin"), nginx.secureUrl("/limited/large.bin")}) {
            var run = launcher.bash(
                    "relay get --cacert '" + authority + "' '" + url + "' | head -c 5 | wc -c; echo ${PIPESTATUS[0]}");
            assertThat(run.stdout().lines().map(String::strip)).containsExactly("5", "141");
            assertThat(run.stderr()).isEmpty();
        }
    }
}

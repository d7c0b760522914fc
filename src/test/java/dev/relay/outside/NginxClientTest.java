package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Nginx;
import dev.relay.support.OpenSsl;
import dev.relay.support.Relay;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nginx is shown who the client is, over HTTP/2 and over HTTP/1.1. */
class NginxClientTest {
    @TempDir
    Path directory;

    @TempDir
    Path serverDirectory;

    @Test
    void nginxKnowsWhoTheClientIs() throws Exception {
        new OpenSsl(directory).pair("kane", "EC -pkeyopt ec_paramgen_curve:P-256");
        try (var nginx = new Nginx(serverDirectory)) {
            String authority = nginx.identity().authorityFile(directory).toString();
            for (String version : new String[] {"--http2", "--http1.1"}) {
                var run = Relay.in(directory)
                        .with(
                                "get",
                                version,
                                "--cacert",
                                authority,
                                "--cert",
                                "kane.crt",
                                "--key",
                                "kane.key",
                                "-w",
                                " %{http_version}",
                                nginx.secureUrl("/who"));
                assertThat(run.mustSucceed().stdout()).isEqualTo("CN=kane " + version.replace("--http", ""));
            }
            assertThat(Relay.run("get", "--cacert", authority, nginx.secureUrl("/who"))
                            .mustSucceed()
                            .stdout())
                    .isEmpty();
        }
    }
}

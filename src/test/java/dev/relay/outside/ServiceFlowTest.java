package dev.relay.outside;

import static com.github.tomakehurst.wiremock.client.WireMock.aMultipart;
import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.relay.support.Relay;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a service, against a server that takes requests apart by itself. */
class ServiceFlowTest {
    @TempDir
    Path directory;

    private final WireMockServer service =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

    @BeforeEach
    void start() {
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop();
    }

    @Test
    void aThingIsMadeAndThenShown() throws Exception {
        service.stubFor(post("/things")
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("{\"name\": \"ada\"}"))
                .willReturn(aResponse().withStatus(303).withHeader("Location", "/things/7")));
        service.stubFor(get("/things/7").willReturn(ok("{\"id\": 7}")));

        var run = Relay.run("post", "--json", "{\"name\":", "--json", "\"ada\"}", service.url("/things"));
        assertThat(run.mustSucceed().stdout()).isEqualTo("{\"id\": 7}");
    }

    @Test
    void aFormWithAFileIsUnderstood() throws Exception {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0, 1, 2};
        Path file = Files.write(directory.resolve("a.png"), picture);
        service.stubFor(post("/photos")
                .withMultipartRequestBody(aMultipart("title").withBody(equalTo("two words")))
                .withMultipartRequestBody(aMultipart("photo")
                        .withHeader("Content-Type", equalTo("image/png"))
                        .withBody(binaryEqualTo(picture)))
                .willReturn(aResponse().withStatus(201).withBody("made")));

        var run = Relay.run("post", "-F", "title=two words", "-F", "photo=@" + file, service.url("/photos"));
        assertThat(run.mustSucceed().stdout()).isEqualTo("made");
    }

    @Test
    void whatAPipeDeliversIsKept() throws Exception {
        service.stubFor(put("/store/x").withRequestBody(equalTo("piped")).willReturn(ok("kept")));

        var run = Relay.reading("piped").with("put", "-T", "-", service.url("/store/x"));
        assertThat(run.mustSucceed().stdout()).isEqualTo("kept");
    }
}

package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Entity;
import dev.relay.support.OpenSsl;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of serve that change where it can be reached, how it is shown, and what crosses. */
class ServeOptionsTest {
    /** Pixels of a module of a code. */
    private static final int SCALE = 6;

    @TempDir
    Path directory;

    @BeforeEach
    void aFileIsThere() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "hello");
    }

    private Relay.Running serve(String... argv) {
        return starting(Relay.in(directory), argv);
    }

    private static Relay.Running starting(Relay relay, String... argv) {
        var all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(argv));
        return relay.starting(all.toArray(new String[0]));
    }

    private static String download(URI url, String... lines) throws Exception {
        try (var client = RawClient.to(url.getPort()).get(url.getRawPath(), lines)) {
            return client.restText();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C.UTF-8", "C"})
    void aCameraReadsTheUrlFromTheCode(String locale) throws Exception {
        Programs.require("zbarimg");
        String url;
        String shown;
        try (var run = starting(Relay.in(directory).withEnvironment("LC_ALL", locale), "-s", "--qr", "a.txt")) {
            url = run.stdout().awaitLine();
            assertThat(download(URI.create(url))).endsWith("hello");
            shown = run.end().mustSucceed().stderr();
        }

        Path image = directory.resolve("code.pgm");
        Files.write(image, locale.equals("C") ? picture(plain(shown)) : picture(blocks(shown)));

        assertThat(said("zbarimg", "-q", "--raw", image.toString())).isEqualTo(url + "\n");
    }

    /** What a camera sees of half blocks, black on white whatever the terminal's own colours are. */
    private static List<String> blocks(String shown) {
        var rows = new ArrayList<String>();
        for (String line : shown.lines().toList()) {
            assertThat(line).startsWith("\u001b[38;5;16;48;5;231m").endsWith("\u001b[0m");
            String cells = line.replaceAll("\u001b\\[[0-9;]*m", "");
            rows.add(cells.replaceAll("[\u2588\u2580]", "#").replace('\u2584', ' '));
            rows.add(cells.replaceAll("[\u2588\u2584]", "#").replace('\u2580', ' '));
        }
        return rows;
    }

    /** What a camera sees of plain text that is light on a dark ground. */
    private static List<String> plain(String shown) {
        var rows = new ArrayList<String>();
        for (String line : shown.lines().toList()) {
            assertThat(line).matches("(##|  )+");
            rows.add(line.replace("##", ".").replace("  ", "#"));
        }
        return rows;
    }

    /** A picture (PGM) of rows in which # is dark. */
    private static byte[] picture(List<String> rows) {
        int width = rows.getFirst().length();
        var picture = new ByteArrayOutputStream();
        picture.writeBytes(
                ("P5 " + width * SCALE + " " + rows.size() * SCALE + " 255\n").getBytes(StandardCharsets.US_ASCII));
        for (String row : rows) {
            byte[] line = new byte[width * SCALE];
            for (int x = 0; x < line.length; x++) {
                line[x] = (byte) (row.charAt(x / SCALE) == '#' ? 0 : 255);
            }
            for (int y = 0; y < SCALE; y++) {
                picture.writeBytes(line);
            }
        }
        return picture.toByteArray();
    }

    private static String said(String... command) throws Exception {
        // zbarimg has something to say about machines without a message bus.
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void allAddressesOfTheMachineAreListed() throws Exception {
        try (var run = serve("--bind", "0.0.0.0", "a.txt")) {
            URI url = URI.create(run.stdout().awaitLine());
            assertThat(download(url)).endsWith("hello");
            var end = run.end().mustSucceed();

            var told = new ArrayList<>(List.of(url.toString()));
            end.stderr()
                    .lines()
                    .filter(line -> line.startsWith("relay: note: also "))
                    .forEach(line -> told.add(line.substring("relay: note: also ".length())));
            assertThat(told.getLast()).isEqualTo("http://127.0.0.1:" + url.getPort() + url.getRawPath());
            assertThat(told).hasSameElementsAs(urls(url));
            assertThat(end.stdout()).isEqualTo(url + "\n");
        }
    }

    /** The same URL at each address that other machines may reach this one by, and at the loopback address. */
    private static List<String> urls(URI url) throws Exception {
        var urls = new ArrayList<>(List.of("127.0.0.1"));
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                boolean local = address.isLoopbackAddress() || address.isLinkLocalAddress();
                if (each.isUp() && address instanceof Inet4Address && !local) {
                    urls.add(address.getHostAddress());
                }
            }
        }
        urls.replaceAll(host -> "http://" + host + ":" + url.getPort() + url.getRawPath());
        return urls;
    }

    @Test
    void theOtherLoopbackAddressWillDo() throws Exception {
        try (var _ = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            // There is one.
        } catch (java.io.IOException e) {
            Assumptions.abort("needs IPv6: " + e.getMessage());
        }
        for (String address : List.of("::1", "[::1]")) {
            try (var run = serve("--bind", address, "a.txt")) {
                String url = run.stdout().awaitLine();
                assertThat(url).matches("http://\\[[0:]*:1]:[0-9]+/.*");
                assertThat(Relay.run("get", url).mustSucceed().stdout()).isEqualTo("hello");
                assertThat(run.end().mustSucceed().stderr()).contains("sent 5 bytes to ");
            }
        }
    }

    @Test
    void aCertificateOfOnesOwnIsShown() throws Exception {
        var identity = TlsIdentity.ofLocalhost();
        String certificate = identity.chainFile(directory).toString();
        String key = identity.keyFile(directory).toString();
        String authority = identity.authorityFile(directory).toString();
        try (var run = serve("--tls-cert", certificate, "--tls-key", key, "a.txt")) {
            String url = run.stdout().awaitLine();
            assertThat(url).startsWith("https://127.0.0.1:");
            assertThat(Relay.run("get", "--retry", "0", url).exit()).isEqualTo(60);
            assertThat(Relay.run("get", "--cacert", authority, url)
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
            assertThat(run.end().mustSucceed().stderr()).doesNotContain("fingerprint");
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsToldBeforeAnythingListens() throws Exception {
        var openssl = new OpenSsl(directory)
                .pair("one", "EC -pkeyopt ec_paramgen_curve:P-256")
                .pair("other", "EC -pkeyopt ec_paramgen_curve:P-256");
        String certificate = openssl.file("one.crt").toString();

        var run = Relay.in(directory)
                .with("serve", "--tls-cert", certificate, "--tls-key", "other.key", "a.txt")
                .mustFailWith(58);

        assertThat(run.stdout()).isEmpty();
        assertThat(run.stderr()).contains("other.key").contains("the key is not that of the certificate");
        Relay.in(directory)
                .with("serve", "--tls-cert", certificate, "--tls-key", "none.key", "a.txt")
                .mustFailWith(58);
        Relay.in(directory).with("serve", "--tls-cert", certificate, "a.txt").mustFailWith(58);
    }

    @Test
    void theFingerprintIsThatOfTheCertificateWhichIsTrustedByItself() throws Exception {
        try (var run = serve("--tls", "a.txt")) {
            String url = run.stdout().awaitLine();
            X509Certificate shown = certificate(URI.create(url).getPort());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
            run.awaitStderr("SHA-256 fingerprint "
                    + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest) + "\n");

            Path trusted = directory.resolve("trusted.pem");
            Files.writeString(
                    trusted,
                    "-----BEGIN CERTIFICATE-----\n"
                            + java.util.Base64.getMimeEncoder().encodeToString(shown.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            assertThat(Relay.run("get", "--cacert", trusted.toString(), url)
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("hello");
            run.end().mustSucceed();
        }
    }

    /** What the server shows to whom takes anything. */
    private static X509Certificate certificate(int port) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Trusts everybody: the certificate is looked at afterwards. */
    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void whatCrossesBesideThePolicyCanBeSaid() throws Exception {
        var entity = Entity.of("hello").withEtag("\"v1\"");
        try (var upstream = ScriptedUpstream.sending(entity)
                        .withLine("Set-Cookie: a=b")
                        .withLine("X-Inner: 1")
                        .withLine("X-Shown: theirs");
                var run = serve(
                        "--no-probe",
                        "--pass-header",
                        "set-cookie",
                        "--pass-header",
                        "X-Trace",
                        "--drop-header",
                        "X-Inner",
                        "--drop-header",
                        "Accept-Language",
                        "--add-header",
                        "X-Shown: ours",
                        "--add-header",
                        "X-Shown: twice",
                        upstream.url("/a.txt"))) {
            URI url = URI.create(run.stdout().awaitLine());
            assertThat(download(url, "X-Trace: t1", "X-Other: no", "Accept-Language: de", "Accept: text/plain"))
                    .containsIgnoringCase("\r\nset-cookie: a=b\r\n")
                    .containsIgnoringCase("\r\nx-shown: ours\r\n")
                    .containsIgnoringCase("\r\nx-shown: twice\r\n")
                    .doesNotContain("theirs")
                    .doesNotContainIgnoringCase("x-inner");
            run.end().mustSucceed();

            var request = upstream.request(0);
            assertThat(request.header("X-Trace")).isEqualTo("t1");
            assertThat(request.header("Accept")).isEqualTo("text/plain");
            assertThat(request.header("X-Other")).isNull();
            assertThat(request.header("Accept-Language")).isNull();
        }
    }

    @Test
    void theClientsNameCrossesWhereItMayUnlessAnotherWasGiven() throws Exception {
        for (String given : List.of("", "ours")) {
            var line = new ArrayList<>(List.of("--no-probe", "--header-policy", "all"));
            if (!given.isEmpty()) {
                line.addAll(List.of("-A", given));
            }
            try (var upstream = ScriptedUpstream.sending("hello")) {
                line.add(upstream.url("/a.txt"));
                try (var run = serve(line.toArray(new String[0]))) {
                    assertThat(download(URI.create(run.stdout().awaitLine()), "User-Agent: theirs"))
                            .endsWith("hello");
                    run.end().mustSucceed();
                }
                assertThat(upstream.request(0).header("User-Agent")).isEqualTo(given.isEmpty() ? "theirs" : given);
            }
        }
    }

    @Test
    void noOneAtATimeMayKeepOthersOut() throws Exception {
        var waiting = new ArrayList<RawClient>();
        try (var run = serve("a.txt")) {
            URI url = URI.create(run.stdout().awaitLine());
            for (int i = 0; i < 32; i++) {
                waiting.add(RawClient.to(url.getPort()));
            }
            try (var tooMany = RawClient.to(url.getPort())) {
                assertThat(tooMany.rest()).isEmpty();
            }
            // The room that one of them leaves is there a moment later.
            waiting.removeLast().close();
            String answer = "";
            while (answer.isEmpty()) {
                answer = download(url);
            }
            assertThat(answer).endsWith("hello");
            run.end().mustSucceed();
        } finally {
            for (RawClient each : waiting) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientGetsNoMoreInASecondThanItMay(boolean fromAnUpstream) throws Exception {
        byte[] bytes = new byte[60_000];
        Arrays.fill(bytes, (byte) 'x');
        Files.write(directory.resolve("b"), bytes);
        try (var upstream = ScriptedUpstream.sending(new String(bytes, StandardCharsets.US_ASCII));
                var run = serve("--limit-rate", "40000", fromAnUpstream ? upstream.url("/b") : "b")) {
            URI url = URI.create(run.stdout().awaitLine());
            long start = System.nanoTime();
            assertThat(download(url)).endsWith("xxxx");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1300));
            run.end().mustSucceed();
        }
    }
}

package dev.relay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.io.Ledger;
import dev.relay.io.Witness;
import dev.relay.support.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --write-out} beside the curl of this machine: the same exchange, the same format, the same bytes. */
class CurlWriteOutTest {
    private static final String[] FIELDS = {
        "Content-Type", "text/plain; charset=utf-8",
        "X-One", "1",
        "X-One", "2",
        "X-Odd", "gr\u00c3\u00bcn \u00ff \"q\" \\",
        "Content-Length", "5",
        "Connection", "close"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%{http_code} %{response_code}\\n",
                "%{size_download} %{size_header} %{size_upload} %{num_headers} %{num_connects} %{num_redirects}",
                "%{method} %{http_version} %{content_type}",
                "%{url} %{url_effective} %{remote_ip}:%{remote_port}",
                "[%{redirect_url}][%{errormsg}]%{exitcode} %{ssl_verify_result} %{time_appconnect} %{time_redirect}",
                "%header{x-one}|%header{X-ODD}|%header{none}|%header{|%header{}",
                "%%|%x|%|%{|%{http_code",
                "%{nosuch}|%{}",
                "a\\nb\\rc\\td\\\\e\\qf\\",
                "\\\\n%%{http_code}",
                "before%{onerror}after",
                "a%{stderr}b%{stdout}c",
                "gr\u00fcn"
            })
    void printsWhatCurlPrints(String format) throws Exception {
        Path curl = Programs.require("curl");
        try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> serve(server));
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/a?b=c";

            assertThat(ours(format, url)).isEqualTo(theirs(curl, format, url));
        }
    }

    private static String theirs(Path curl, String format, String url) throws Exception {
        Process process = new ProcessBuilder(
                        curl.toString(), "-q", "-s", "--noproxy", "*", "-o", "/dev/null", "-w", format, url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            String printed = new String(out.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(process.waitFor()).isZero();
            return printed;
        }
    }

    private static String ours(String format, String url) throws IOException {
        var told = new Told(Path.of("."));
        var ledger = new Ledger(System::nanoTime, new Witness() {});
        var asked = Told.url(url);
        ledger.connected(asked, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), asked.port());
        ledger.requested("GET", asked, "HTTP/1.1", Headers.NONE);
        ledger.answered(head());
        ledger.received(5);
        new Reporter(Told.telling(format, null), told.surroundings()).finish(Told.DELIVERED, ledger);
        return new String(told.stdout.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static Head head() {
        var fields = new ArrayList<Field>();
        for (int i = 0; i < FIELDS.length; i += 2) {
            fields.add(new Field(FIELDS[i], FIELDS[i + 1]));
        }
        return new Head("HTTP/1.1", 200, new Headers(List.copyOf(fields)));
    }

    private static void serve(ServerSocket server) {
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            int newlines = 0;
            for (int c = in.read(); c >= 0 && newlines < 2; c = newlines < 2 ? in.read() : c) {
                newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
            }
            client.getOutputStream().write((head().text() + "hello").getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The client is curl, and what it did not get the comparison will show.
        }
    }
}

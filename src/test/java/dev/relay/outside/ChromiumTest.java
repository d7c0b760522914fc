package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Chromium;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Programs;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person with a browser gets from relay serve. */
class ChromiumTest {
    private static final Content CONTENT = Content.noise(12, 3_000_000);
    private static final String PHONE = "User-Agent: Mozilla/5.0 (Linux; Android 14; Pixel 8) Mobile Safari/537.36";

    @TempDir
    Path directory;

    @BeforeEach
    void thereIsABrowser() {
        Programs.require("chromium");
    }

    private void saves(String name, String... argv) throws Exception {
        try (var run = Relay.in(directory).starting(argv);
                var chromium = Chromium.opening(run.stdout().awaitLine(), directory)) {
            assertThat(Files.readAllBytes(chromium.saved(name))).isEqualTo(CONTENT.bytes());
            run.end().mustSucceed();
        }
    }

    @Test
    void aFileIsSavedUnderItsName() throws Exception {
        String name = "größe & co.bin";
        Files.write(directory.resolve(name), CONTENT.bytes());
        saves(name, "serve", name);
    }

    @Test
    void whatAnUpstreamSendsIsSavedThoughItBreaksOnTheWay() throws Exception {
        var upstream = ScriptedUpstream.sending(Entity.of(CONTENT).withEtag("\"v1\""));
        try (var breaking = upstream.cuttingAfter(1_000_000)) {
            saves("image.iso", "serve", "--no-probe", breaking.url("/image.iso"));
        }
    }

    @Test
    void whatAPipeBringsIsSavedThoughItsLengthIsNotKnown() throws Exception {
        var stdin = new ByteArrayInputStream(CONTENT.bytes());
        try (var run = Relay.reading(stdin).starting("serve", "--name", "tree.tar", "-");
                var chromium = Chromium.opening(run.stdout().awaitLine(), directory)) {
            assertThat(Files.readAllBytes(chromium.saved("tree.tar"))).isEqualTo(CONTENT.bytes());
            run.end().mustSucceed();
        }
    }

    @Test
    void textIsShownInline() throws Exception {
        Files.writeString(directory.resolve("note.txt"), "what was to be said");
        try (var run = Relay.in(directory).starting("serve", "--inline", "note.txt")) {
            assertThat(Chromium.page(run.stdout().awaitLine(), directory)).contains("what was to be said");
            assertThat(Chromium.savedIn(directory)).isEmpty();
            run.end().mustSucceed();
        }
    }

    @Test
    void aDocumentIsShownInline() throws Exception {
        Files.write(directory.resolve("report.pdf"), document(4_000_000).getBytes(StandardCharsets.ISO_8859_1));
        try (var run = Relay.in(directory).starting("serve", "--inline", "report.pdf");
                var _ = Chromium.opening(run.stdout().awaitLine(), directory)) {
            run.end().mustSucceed();
            assertThat(Chromium.savedIn(directory)).isEmpty();
        }
    }

    /** It gives up what it was sent as a page, and asks for it as a medium: by a range, which is all of it. */
    @Test
    void aRecordingIsPlayedInlineByRanges() throws Exception {
        var entity = Entity.of(new String(recording(3_000_000), StandardCharsets.ISO_8859_1))
                .withEtag("\"v1\"");
        try (var upstream = ScriptedUpstream.sending(entity).withLine("Content-Type: audio/wav");
                var run = Relay.in(directory).starting("serve", "--inline", "--no-probe", upstream.url("/a.wav"));
                var _ = Chromium.opening(run.stdout().awaitLine(), directory)) {
            run.end().mustSucceed();
            assertThat(upstream.requests())
                    .anySatisfy(request -> assertThat(request.header("Range")).startsWith("bytes="));
            assertThat(Chromium.savedIn(directory)).isEmpty();
        }
    }

    /** Sound that is one tone, as RIFF has it: 16 bits, one channel, 44100 Hz. */
    private static byte[] recording(int size) {
        var bytes = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + size);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) 1).putInt(44_100).putInt(88_200);
        bytes.putShort((short) 2).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(size);
        return bytes.array();
    }

    /** A page with a word on it, and a stream that nobody looks at. */
    private static String document(int padding) {
        String[] objects = {
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            "<</Length 34>>stream\nBT /F1 24 Tf 20 100 Td (relay) Tj ET\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            "<</Length " + padding + ">>stream\n" + "x".repeat(padding) + "\nendstream"
        };
        var text = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder("xref\n0 " + (objects.length + 1) + "\n0000000000 65535 f \n");
        for (int i = 0; i < objects.length; i++) {
            table.append("%010d 00000 n \n".formatted(text.length()));
            text.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
        }
        return text + table.toString() + "trailer<</Size " + (objects.length + 1) + "/Root 1 0 R>>\nstartxref\n"
                + text.length() + "\n%%EOF\n";
    }

    @Test
    void thePersonGetsWhatARobotHasLookedAtAndAnotherProgramHasBegun() throws Exception {
        Files.write(directory.resolve("holiday.zip"), CONTENT.bytes());
        try (var run = Relay.in(directory).starting("serve", "holiday.zip")) {
            String url = run.stdout().awaitLine();
            URI parts = URI.create(url);
            try (var robot = RawClient.to(parts.getPort())
                    .get(parts.getRawPath(), "User-Agent: TelegramBot (like TwitterBot)")) {
                assertThat(robot.restText()).startsWith("HTTP/1.1 403 ");
            }
            try (var prefetch = RawClient.to(parts.getPort()).get(parts.getRawPath(), PHONE, "Sec-Purpose: prefetch")) {
                assertThat(prefetch.restText()).startsWith("HTTP/1.1 503 ");
            }
            // The browser inside a messenger opens the link, and leaves it to another once it sees what it is.
            try (var first = RawClient.to(parts.getPort(), 16 * 1024).get(parts.getRawPath(), PHONE)) {
                assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            }
            run.awaitStderr("went away");
            try (var chromium = Chromium.opening(url, directory)) {
                assertThat(Files.readAllBytes(chromium.saved("holiday.zip"))).isEqualTo(CONTENT.bytes());
                run.end().mustSucceed();
            }
        }
    }
}

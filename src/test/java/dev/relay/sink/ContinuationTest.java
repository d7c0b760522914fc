package dev.relay.sink;

import static dev.relay.sink.Answers.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Continuation;
import dev.relay.io.Sink;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuationTest {
    private static final String STRONG = "ETag: \"v1\"";
    private static final String[] WHOLE = {STRONG, "Content-Length: 11", "Date: Thu, 20 Nov 2025 16:00:00 GMT"};

    @TempDir
    Path directory;

    private Room room;

    @BeforeEach
    void enter() {
        room = new Room(directory);
    }

    @Test
    void goesOnWhereAnEarlierRunEnded() throws Exception {
        leave("hello ", WHOLE);
        room.has("file", "old");
        try (Sink sink = room.continuing("file")) {
            Continuation left = left(sink);
            assertThat(left.length()).isEqualTo(6);
            assertThat(left.total()).isEqualTo(11);
            assertThat(left.isWhole()).isFalse();
            assertThat(left.validator().fieldValue()).isEqualTo("\"v1\"");
            assertThat(left.fields().first("Date")).contains("Thu, 20 Nov 2025 16:00:00 GMT");
            assertThat(text(left)).isEqualTo("hello ");
            assertThat(text(left)).isEqualTo("hello ");
            sink.begin(Answers.of(206, STRONG, "Content-Range: bytes 6-10/11"));
            sink.write(bytes("world"));
            assertThat(room.content("file")).isEqualTo("old");
            sink.commit();
        }
        assertThat(room.content("file")).isEqualTo("hello world");
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void isContinuedAsOftenAsItTakes() throws Exception {
        leave("hel", WHOLE);
        for (String more : new String[] {"lo", " ", "wor"}) {
            try (Sink sink = room.continuing("file")) {
                left(sink);
                sink.begin(Answers.of(206, STRONG));
                sink.write(bytes(more));
            }
        }
        try (Sink sink = room.continuing("file")) {
            assertThat(text(left(sink))).isEqualTo("hello wor");
        }
    }

    @Test
    void whatIsWholeOnlyNeedsItsName() throws Exception {
        leave("hello world", WHOLE);
        try (Sink sink = room.continuing("file")) {
            assertThat(left(sink).isWhole()).isTrue();
            sink.begin(Answers.of(416, "Content-Range: bytes */11"));
            sink.commit();
        }
        assertThat(room.content("file")).isEqualTo("hello world");
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void staysAsItWasWhenNothingContinuesIt() throws Exception {
        leave("hello ", WHOLE);
        String meta = room.content("file.part.meta");
        try (Sink sink = room.continuing("file")) {
            left(sink);
        }
        assertThat(room.content("file.part")).isEqualTo("hello ");
        assertThat(room.content("file.part.meta")).isEqualTo(meta);
    }

    @Test
    void isHeldFromTheQuestionOn() throws Exception {
        leave("hello ", WHOLE);
        try (Sink sink = room.continuing("file")) {
            left(sink);
            try (Sink other = room.named("file")) {
                assertThatThrownBy(() -> other.begin(Answers.ok())).hasMessageContaining("another relay");
            }
            try (Sink other = room.continuing("file")) {
                assertThatThrownBy(other::continuation)
                        .isInstanceOfSatisfying(
                                FaultException.class,
                                e -> assertThat(e.fault().code()).isEqualTo(ExitCode.OUTPUT_FAILED))
                        .hasMessageContaining("another relay");
            }
        }
        assertThat(room.content("file.part")).isEqualTo("hello ");
    }

    @Test
    void withoutAPartTheBodyIsWantedFromItsStart() throws Exception {
        beginsAnew();
        room.has("file", "old");
        beginsAnew();
        // Killed between the meta file and the part.
        room.has("file.part.meta", "");
        beginsAnew();
        room.has("file.part.meta", "relay-part: 1\ninode: 1\n");
        beginsAnew();
        // Killed before the first byte.
        room.has("file.part.meta", "");
        room.has("file.part", "");
        beginsAnew();
        room.has("file.part.meta", "relay-part: 1\ninode: 1\nstatus: 200\netag: \"v1\"\n");
        room.has("file.part", "");
        beginsAnew();
    }

    private void beginsAnew() throws IOException {
        try (Sink sink = room.continuing("file")) {
            assertThat(sink.continuation()).isNull();
            sink.begin(Answers.ok(WHOLE));
            sink.write(bytes("new"));
            sink.commit();
        }
        assertThat(room.content("file")).isEqualTo("new");
        assertThat(room.names()).containsExactly("file");
    }

    @Test
    void aNameFromTheUrlIsContinuedToo() throws Exception {
        leave("hello ", WHOLE);
        var remote = new Delivery.Remote(Path.of(""), "file", false, new Delivery.FileRules(false, false));
        try (Sink sink = Sinks.continuing(remote, url("/a/name.txt"), room.surroundings(), room.notes::add)) {
            assertThat(text(left(sink))).isEqualTo("hello ");
            sink.begin(Answers.of(206, STRONG));
            sink.write(bytes("world"));
            sink.commit();
            assertThat(sink.file()).isEqualTo(Path.of("file"));
        }
        assertThat(room.content("file")).isEqualTo("hello world");
    }

    @Test
    void whatRelayDidNotMakeIsNotContinued() throws Exception {
        room.has("file.part", "precious");
        refuses("it was not made by relay", "move it away");
        room.has("file.part.meta", "my notes");
        refuses("it was not made by relay", "move it away");
        room.has("file.part.meta", "");
        refuses("it was not made by relay", "move it away");
        room.has("file.part.meta", "relay-part: 1\ninode: 1\nstatus: 200\netag: \"v1\"\n");
        refuses("it was not made by relay", "move it away");
        assertThat(room.content("file.part")).isEqualTo("precious");
        Files.delete(room.path("file.part"));
        Files.createDirectory(room.path("file.part"));
        refuses("it was not made by relay", "move it away");
        assertThat(room.names()).containsExactly("file.part", "file.part.meta");
    }

    @Test
    void whatNoStrongValidatorGuardsIsNotContinued() throws Exception {
        leave("hello ", WHOLE);
        rewrite("\"v1\"", "W/\"v1\"");
        refuses("no strong validator guards it", "without -C");
        rewrite("etag: W/\"v1\"\n", "");
        refuses("no strong validator guards it", "without -C");
        assertThat(room.content("file.part")).isEqualTo("hello ");
    }

    @Test
    void whatHasBecomeLongerThanTheWholeIsNotContinued() throws Exception {
        leave("hello ", STRONG, "Content-Length: 7");
        Files.writeString(room.path("file.part"), "more than this", StandardOpenOption.APPEND);
        refuses("it is longer than the whole", "without -C");
        assertThat(room.content("file.part")).isEqualTo("hello more than this");
    }

    @Test
    void whatHasBecomeShorterIsNotContinued() throws Exception {
        leave("hello ", WHOLE);
        assertThat(room.content("file.part.meta")).endsWith("synced: 6\n");
        try (var channel = FileChannel.open(room.path("file.part"), StandardOpenOption.WRITE)) {
            channel.truncate(5);
        }
        refuses("it has become shorter than it was", "without -C");
        assertThat(room.content("file.part")).isEqualTo("hello");
    }

    @Test
    void whatIsOfAnotherPathIsNotContinued() throws Exception {
        leave("hello ", WHOLE);
        var named = new Delivery.Named(Path.of("file"), new Delivery.FileRules(false, false));
        try (Sink sink = Sinks.continuing(named, url("/a/other.txt"), room.surroundings(), room.notes::add)) {
            refuses(sink, "it was begun from https://example.com/a/name.txt", "without -C");
        }
        assertThat(room.content("file.part")).isEqualTo("hello ");
        try (Sink sink = Sinks.continuing(named, url("/a/name.txt?signed"), room.surroundings(), room.notes::add)) {
            left(sink);
        }
    }

    @Test
    void whatIsNoFileHasNoPart() throws Exception {
        var device = new Delivery.Named(Path.of("/dev/null"), new Delivery.FileRules(false, false));
        assertThatThrownBy(() -> Sinks.continuing(device, url("/a/name.txt"), room.surroundings(), room.notes::add))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(ExitCode.CANNOT_CONTINUE));
    }

    @Test
    void afterAPowerCutOnlyWhatWasSyncedCounts() throws Exception {
        leave("hello ", WHOLE);
        // What was written after the sync, in a run of the machine that is over.
        rewrite("boot: " + Boot.id(), "boot: another");
        Files.writeString(room.path("file.part"), "\0\0\0\0", StandardOpenOption.APPEND);
        try (Sink sink = room.continuing("file")) {
            Continuation left = left(sink);
            assertThat(left.length()).isEqualTo(6);
            assertThat(text(left)).isEqualTo("hello ");
            assertThat(Files.size(room.path("file.part"))).isEqualTo(10);
            sink.begin(Answers.of(206, STRONG));
            assertThat(Files.size(room.path("file.part"))).isEqualTo(6);
            sink.write(bytes("wor"));
        }
        try (Sink sink = room.continuing("file")) {
            assertThat(text(left(sink))).isEqualTo("hello wor");
        }
    }

    @Test
    void withinOneRunOfTheMachineAllOfItCounts() throws Exception {
        Assumptions.assumeFalse(Boot.id().isEmpty(), "needs a name of the machine's run");
        leave("hello ", WHOLE);
        rewrite("synced: 6\n", "");
        try (Sink sink = room.continuing("file")) {
            assertThat(text(left(sink))).isEqualTo("hello ");
        }
    }

    @Test
    void nothingSyncedBeforeAPowerCutIsABeginningAnew() throws Exception {
        leave("hello ", WHOLE);
        rewrite("boot: " + Boot.id(), "boot: another");
        rewrite("synced: 6\n", "");
        room.notes.clear();
        beginsAnew();
        assertThat(room.notes).singleElement().asString().startsWith("file.part is begun anew");
    }

    @Test
    void aTornLastLineIsNone() throws Exception {
        leave("hello ", WHOLE);
        rewrite("boot: " + Boot.id(), "boot: another");
        Files.writeString(room.path("file.part.meta"), "synced: 99\0\0\0", StandardOpenOption.APPEND);
        try (Sink sink = room.continuing("file")) {
            assertThat(left(sink).length()).isEqualTo(6);
        }
    }

    @Test
    void aPartThatIsReplacedLeavesNothingThatItsSuccessorCouldPassFor() throws Exception {
        leave("hello ", WHOLE);
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok("ETag: \"v2\""));
            assertThat(room.content("file.part.meta")).contains("\"v2\"").doesNotContain("synced");
        }
    }

    private void leave(String text, String... fields) throws IOException {
        try (Sink sink = room.named("file")) {
            sink.begin(Answers.ok(fields));
            sink.write(bytes(text));
        }
    }

    private void rewrite(String what, String with) throws IOException {
        String meta = room.content("file.part.meta");
        assertThat(meta).contains(what);
        room.has("file.part.meta", meta.replace(what, with));
    }

    private void refuses(String... why) throws IOException {
        try (Sink sink = room.continuing("file")) {
            refuses(sink, why);
        }
    }

    private static void refuses(Sink sink, String... why) {
        assertThatThrownBy(sink::continuation)
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(ExitCode.CANNOT_CONTINUE))
                .hasMessageStartingWith("cannot continue the partial file: file.part: ")
                .hasMessageContainingAll(why);
    }

    private static Continuation left(Sink sink) throws IOException {
        Continuation left = sink.continuation();
        if (left == null) {
            throw new AssertionError("nothing is continued");
        }
        return left;
    }

    private static String text(Continuation left) throws IOException {
        var read = new ByteArrayOutputStream();
        try (Chunks chunks = left.beginning().open()) {
            for (ByteBuffer piece = chunks.next(); piece != null; piece = chunks.next()) {
                while (piece.hasRemaining()) {
                    read.write(piece.get());
                }
            }
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private static Url url(String target) throws FaultException {
        return Url.parse("https://example.com" + target);
    }
}

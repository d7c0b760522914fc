package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.outcome.FaultException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
    private final EventParser parser = new EventParser("http://a/");

    /** Each piece as {@code KIND:text}, with {@code #id} where it has one. */
    private List<String> pieces(String... chunks) throws FaultException {
        var pieces = new ArrayList<String>();
        for (String chunk : chunks) {
            ByteBuffer bytes = ByteBuffer.wrap(chunk.getBytes(StandardCharsets.UTF_8));
            for (EventPiece piece = parser.next(bytes); piece != null; piece = parser.next(bytes)) {
                String text = StandardCharsets.UTF_8.decode(piece.bytes()).toString();
                pieces.add(piece.kind() + ":" + text + (piece.id() == null ? "" : "#" + piece.id()));
            }
        }
        return pieces;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyLineEndingEndsAnEvent(String end) throws Exception {
        String one = "id: 1" + end + "data: a" + end + end;
        String two = "data: b" + end + "data" + end + end;
        assertThat(pieces(one + two)).containsExactly("EVENT:" + one + "#1", "EVENT:" + two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void noBorderOfChunksChangesWhatIsWritten(String end) throws Exception {
        String text = "\uFEFF: hi" + end + "retry: 7" + end + "id: ä" + end + "data: a" + end + end + end + "data: b"
                + end + end;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            parser.restart();
            var written = new StringBuilder();
            var ids = new ArrayList<String>();
            int events = 0;
            for (int at = 0; at < bytes.length; at += size) {
                var chunk = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
                for (EventPiece piece = parser.next(chunk); piece != null; piece = parser.next(chunk)) {
                    written.append(StandardCharsets.UTF_8.decode(piece.bytes()));
                    events += piece.kind() == EventPiece.Kind.EVENT ? 1 : 0;
                    if (piece.id() != null) {
                        ids.add(piece.id());
                    }
                }
            }
            assertThat(written.toString()).as("in chunks of %d", size).isEqualTo(text.substring(1));
            assertThat(events).isEqualTo(2);
            assertThat(ids).containsExactly("ä");
            assertThat(parser.retryMillis()).isEqualTo(7);
        }
    }

    @Test
    void anEventEndedByACarriageReturnWaitsForNoLineFeed() throws Exception {
        assertThat(pieces("data: a\r\r")).containsExactly("EVENT:data: a\r\r");
        assertThat(pieces("\ndata: b\r", "\n\r", "\n", "data: c\n\n"))
                .containsExactly("REST:\n", "EVENT:data: b\r\n\r", "REST:\n", "EVENT:data: c\n\n");
    }

    @Test
    void linesOutsideOfEventsWaitForNothing() throws Exception {
        assertThat(pieces(": beat\n", ":\n", "retry: 9\n", "\n", ": of a\nid: 1\n", ": in a\n", "\n"))
                .containsExactly(
                        "LINES:: beat\n",
                        "LINES::\n",
                        "LINES:retry: 9\n",
                        "LINES:\n",
                        "EVENT:: of a\nid: 1\n: in a\n\n#1");
    }

    @Test
    void whatIsIncompleteAtABreakIsForgotten() throws Exception {
        assertThat(pieces("data: a\n\nid: 2\ndata: hal")).containsExactly("EVENT:data: a\n\n");
        parser.restart();
        assertThat(pieces("\uFEFFdata: b\n\n")).containsExactly("EVENT:data: b\n\n");
    }

    @Test
    void aByteOrderMarkIsNoneInTheMiddle() throws Exception {
        assertThat(pieces("data: a\n\n", "\uFEFFid: 1\n\n"))
                .containsExactly("EVENT:data: a\n\n", "EVENT:\uFEFFid: 1\n\n");
    }

    @Test
    void halfAByteOrderMarkIsText() throws Exception {
        byte[] bytes = {(byte) 0xEF, (byte) 0xBB, 'd', '\n', '\n'};
        EventPiece piece = parser.next(ByteBuffer.wrap(bytes));
        assertThat(piece).isNotNull().satisfies(it -> assertThat(it.bytes()).isEqualTo(ByteBuffer.wrap(bytes)));
    }

    @ParameterizedTest
    @CsvSource({"id: 5, 5", "id:5, 5", "'id:  5', ' 5'", "id, ''", "id:, ''", "'id: a:b', a:b"})
    void anIdIsWhatFollowsTheColonAndOneSpace(String line, String id) throws Exception {
        assertThat(pieces(line + "\n\n")).containsExactly("EVENT:" + line + "\n\n#" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {" id: 5", "ID: 5", "ids: 5", "id : 5", "id: 5\u0000"})
    void whatIsNoIdIsNotTakenForOne(String line) throws Exception {
        assertThat(pieces(line + "\n\n")).containsExactly("EVENT:" + line + "\n\n");
    }

    @Test
    void theLastIdOfAnEventCounts() throws Exception {
        assertThat(pieces("id: 1\nid: 2\nid: 3\u0000\n\n").getFirst()).endsWith("#2");
    }

    @ParameterizedTest
    @CsvSource({"retry: 10, 10", "retry:10, 10", "retry: 0, 0", "retry: 1.5, -1", "retry: -1, -1", "retry, -1"})
    void aReconnectionTimeIsDigitsAlone(String line, long millis) throws Exception {
        assertThat(pieces(line + "\n\n")).containsExactly("LINES:" + line + "\n\n");
        assertThat(parser.retryMillis()).isEqualTo(millis);
    }

    @Test
    void anEventMayBeLargeButNotTooLarge() throws Exception {
        String line = "data: " + "x".repeat(100_000) + "\n";
        assertThat(pieces(line.repeat(10) + "\n")).hasSize(1);
        assertThatThrownBy(() -> pieces(line.repeat(11) + "\n"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("an event of more than 1048576 bytes");
    }

    @Test
    void manySmallEventsAreNotALargeOne() throws Exception {
        assertThat(pieces("data: x\n\n".repeat(200_000))).hasSize(200_000);
    }
}

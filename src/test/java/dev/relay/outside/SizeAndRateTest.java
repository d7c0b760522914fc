package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Gate;
import dev.relay.support.Passage;
import dev.relay.support.Relay;
import dev.relay.support.ScriptedUpstream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of size and rate hold, and a range is the one that was asked for. */
class SizeAndRateTest {
    @TempDir
    Path directory;

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItsFirstByte() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            assertThat(Relay.run("get", "--max-filesize", "10", upstream.url())
                            .mustFailWith(63)
                            .stdoutBytes())
                    .isEmpty();
            Relay.run("get", "--max-filesize", "11", upstream.url()).mustSucceed();
        }
    }

    @Test
    void aBodyThatTurnsOutTooLargeIsCutAtTheLimit() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.endless()).chunked()) {
            var run = Relay.run("get", "--max-filesize", "64K", upstream.url()).mustFailWith(63);
            assertThat(run.stdoutBytes()).hasSizeLessThanOrEqualTo(64 * 1024);
            upstream.awaitLeaving(0);
        }
        try (var upstream = ScriptedUpstream.sending("hello world").chunked()) {
            Relay.run("get", "--max-filesize", "11", upstream.url()).mustSucceed();
        }
    }

    /** A reader that notes when bytes came. */
    private static final class Stopwatch implements WritableByteChannel {
        private long first;
        private long last;
        private long bytes;
        private int firstBytes;

        @Override
        public int write(ByteBuffer source) {
            last = System.nanoTime();
            int size = source.remaining();
            if (bytes == 0) {
                first = last;
                firstBytes = size;
            }
            bytes += size;
            source.position(source.limit());
            return size;
        }

        double rate() {
            return (bytes - firstBytes) * 1e9 / (last - first);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"1M, 1048576, 2097152", "300K, 307200, 614400"})
    void theRateIsTheOneThatWasAskedFor(String limit, long rate, long size) throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(1, size));
                var reader = new Stopwatch()) {
            Relay.writingTo(reader)
                    .with("get", "--limit-rate", limit, upstream.url())
                    .mustSucceed();
            // Above, the limit is broken; below, the machine may be busy.
            assertThat(reader.rate()).isBetween(0.6 * rate, 1.15 * rate);
        }
    }

    /** A reader that notes when bytes came, and stops once until it is let. */
    private static final class Watch implements WritableByteChannel {
        private final Passage passage = new Passage();
        private final Gate gate;
        private final long stop;

        Watch(long stop, Gate gate) {
            this.stop = stop;
            this.gate = gate;
        }

        @Override
        public int write(ByteBuffer source) throws ClosedByInterruptException {
            passage.note(source);
            int size = source.remaining();
            source.position(source.limit());
            if (passage.bytes() >= stop) {
                try {
                    gate.pass();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new ClosedByInterruptException();
                }
            }
            return size;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noPauseEndsInABurst(boolean ofTheServer) throws Exception {
        int rate = 1 << 20;
        var gate = new Gate();
        var answer = Answer.ok("").body(Content.noise(1, rate));
        try (var upstream = ScriptedUpstream.answering(ofTheServer ? answer.pauseAfter(rate / 4, gate) : answer);
                var reader = new Watch(ofTheServer ? Long.MAX_VALUE : rate / 4, gate);
                var running = Relay.writingTo(reader).starting("get", "--limit-rate=" + rate, upstream.url())) {
            reader.passage.await(rate / 4);
            assertThat(new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS)).isFalse();
            gate.open();
            running.end().mustSucceed();
            assertThat(reader.passage.bytes()).isEqualTo(rate);
            reader.passage.mustKeepTo(rate);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "100, 60"})
    void aRateOfAFewBytesIsKeptByteByByte(long rate, long size) throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.noise(1, size));
                var reader = new Watch(Long.MAX_VALUE, new Gate())) {
            Relay.writingTo(reader)
                    .with("get", "--limit-rate=" + rate, upstream.url())
                    .mustSucceed();
            assertThat(reader.passage.bytes()).isEqualTo(size);
            reader.passage.mustKeepTo(rate);
        }
    }

    @Test
    void aRateHoldsTheServerBack() throws Exception {
        try (var upstream = ScriptedUpstream.sending(Content.endless()).chunked();
                var reader = new Watch(Long.MAX_VALUE, new Gate());
                var _ = Relay.writingTo(reader).starting("get", "--limit-rate=10K", upstream.url())) {
            reader.passage.await(3 * 10 * 1024);
            // What has not passed waits in the buffers of the system and of relay: nothing, beside what else would
            // come.
            assertThat(upstream.sent()).isLessThan(32 << 20);
            reader.passage.mustKeepTo(10 * 1024);
        }
    }

    @ParameterizedTest
    @CsvSource({"0-4, hello", "6-, world", "-5, world", "0-0, h", "6-100, world"})
    void aRangeIsTheOneThatWasAskedFor(String range, String part) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            assertThat(Relay.run("get", "-r", range, upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo(part);
            assertThat(upstream.request(0).header("Range")).isEqualTo("bytes=" + range);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Entity.Ranges.class,
            names = {"IGNORED", "WRONG_START", "GARBLED", "UNTOLD", "MULTIPART"})
    void aRangeThatIsNotServedIsNotTakenForOne(Entity.Ranges treatment) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").withRanges(treatment)) {
            var run = Relay.run("get", "-r", "6-8", upstream.url()).mustFailWithOneOf(33, 56);
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }

    @Test
    void aServerWithoutRangesIsThirtyThree() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world").withRanges(Entity.Ranges.IGNORED)) {
            Relay.run("get", "-r", "6-8", upstream.url()).mustFailWith(33);
        }
    }

    @Test
    void aRangeOutsideIsAFailure() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            var run = Relay.run("get", "-r", "20-30", upstream.url()).mustFailWithOneOf(22, 33);
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5-1", "a-b", "-", "", "1-2-3", "bytes=0-1", "-0x5"})
    void aRangeThatIsNoneIsAMisuse(String range) throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world")) {
            Relay.run("get", "-r", range, upstream.url()).mustFailWith(2);
            assertThat(upstream.connections()).isZero();
        }
    }

    @Test
    void aCutRangeIsACutBody() throws Exception {
        var answer = Answer.status(206)
                .body("world")
                .line("Content-Range: bytes 6-10/11")
                .cutAfter(2);
        try (var upstream = ScriptedUpstream.answering(answer)) {
            var run = Relay.run("get", "-r", "6-", upstream.url());
            assertThat(run.exit()).isNotZero();
            assertThat("wo").startsWith(run.stdout());
        }
    }

    @Test
    void aRangeWhoseLengthIsNotItsOwnIsAFailure() throws Exception {
        var answer = Answer.status(206).body("wor").line("Content-Range: bytes 6-10/11");
        try (var upstream = ScriptedUpstream.answering(answer)) {
            assertThat(Relay.run("get", "-r", "6-", upstream.url()).exit()).isNotZero();
        }
    }

    @Test
    void aFailureOfTheReaderIsTwentyThree() throws Exception {
        try (var upstream = ScriptedUpstream.sending("hello world");
                var full = new FullDisk()) {
            assertThat(Relay.writingTo(full)
                            .with("get", upstream.url())
                            .mustFailWith(23)
                            .stderr())
                    .contains("No space left on device");
        }
    }

    /** A standard output that goes to a full disk. */
    private static final class FullDisk implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartThatSaysItsLengthOnlyInItsRangeIsCutWhenItEndsBefore(boolean chunked) throws Exception {
        var part = Answer.status(206).body("he").line("Content-Range: bytes 0-9/10");
        try (var upstream = ScriptedUpstream.answering(chunked ? part.chunked() : part.untilClose())) {
            Relay.in(directory)
                    .with("get", "-r", "0-9", "-o", "file", upstream.url())
                    .mustFailWith(18);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartThatIsLongerThanItsRangeIsAFailure(boolean chunked) throws Exception {
        var part = Answer.status(206).body("hello").line("Content-Range: bytes 0-1/10");
        try (var upstream = ScriptedUpstream.answering(chunked ? part.chunked() : part.untilClose())) {
            Relay.in(directory)
                    .with("get", "-r", "0-1", "-o", "file", upstream.url())
                    .mustFailWith(56);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void oneOfSeveralRangesIsAnAnswerAndAnotherIsNone() throws Exception {
        var wanted = Answer.status(206).body("o ").line("Content-Range: bytes 4-5/10");
        var other = Answer.status(206).body("rl").line("Content-Range: bytes 7-8/10");
        try (var upstream = ScriptedUpstream.answering(wanted, other)) {
            assertThat(Relay.run("get", "-r", "0-1,4-5", upstream.url())
                            .mustSucceed()
                            .stdout())
                    .isEqualTo("o ");
            var run = Relay.run("get", "-r", "0-1,4-5", upstream.url()).mustFailWith(33);
            assertThat(run.stdoutBytes()).isEmpty();
        }
    }
}

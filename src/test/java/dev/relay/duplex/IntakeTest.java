package dev.relay.duplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.support.Programs;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes is taken as it comes, and a wait for more can be ended. */
@Timeout(60)
class IntakeTest {
    @TempDir
    Path directory;

    /** The runtime would let the process wait a third of a second for the thread. */
    @Test
    void aReadThatWaitsForAPipeEndsWhenNothingMoreIsWanted() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder(Programs.require("mkfifo").toString(), pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        var ended = new CompletableFuture<IOException>();
        try (var writer = new RandomAccessFile(pipe.toFile(), "rw")) {
            try (var intake = new Intake(new FileInputStream(pipe.toFile()))) {
                writer.write("some".getBytes(StandardCharsets.US_ASCII));
                assertThat(intake.next())
                        .isNotNull()
                        .satisfies(piece -> assertThat(piece.remaining()).isEqualTo(4));
                Thread.ofPlatform().daemon().start(() -> {
                    try {
                        intake.next();
                    } catch (IOException e) {
                        ended.complete(e);
                    }
                });
            }
            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(ClosedChannelException.class);
        }
    }
}

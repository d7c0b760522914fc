package dev.relay.duplex.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames are whole, or they are the last: behind a part of one nothing follows. */
@Timeout(60)
class SenderTest {
    /** Takes a few bytes, and then nothing more in time. */
    private static final class StuckLine implements Line {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int room;

        StuckLine(int room) {
            this.room = room;
        }

        @Override
        public void write(long nanos, ByteBuffer... pieces) throws IOException {
            for (ByteBuffer piece : pieces) {
                while (piece.hasRemaining() && room > 0) {
                    taken.write(piece.get());
                    room--;
                }
                if (piece.hasRemaining()) {
                    room = Integer.MAX_VALUE;
                    throw new SocketTimeoutException("nothing moved");
                }
            }
        }

        @Override
        public int read(ByteBuffer into, long nanos) {
            return -1;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void abort() {}

        @Override
        public void close() {}
    }

    private final StuckLine line = new StuckLine(3);
    private final Sender sender = new Sender(line, new Masks(new SecureRandom()));

    @Test
    void noCloseFollowsAPartOfAMessage() {
        assertThatThrownBy(() -> {
                    sender.gather(Opcode.TEXT, true, ByteBuffer.wrap(new byte[100]));
                    sender.flush();
                })
                .isInstanceOf(SocketTimeoutException.class);
        sender.close(CloseCode.NORMAL, Duration.ofSeconds(1));
        assertThat(line.taken.size()).isEqualTo(3);
    }

    @Test
    void noPongFollowsAPartOfAClose() throws Exception {
        sender.close(CloseCode.GOING_AWAY, Duration.ofSeconds(1));
        sender.control(Opcode.PONG, new byte[] {1, 2, 3});
        sender.close(CloseCode.GOING_AWAY, Duration.ofSeconds(1));
        assertThat(line.taken.size()).isEqualTo(3);
    }

    @Test
    void noMessageFollowsAPartOfAPong() {
        assertThatThrownBy(() -> sender.control(Opcode.PONG, new byte[100])).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> {
                    sender.gather(Opcode.TEXT, true, ByteBuffer.wrap(new byte[100]));
                    sender.flush();
                })
                .isInstanceOf(IOException.class);
        assertThat(line.taken.size()).isEqualTo(3);
    }
}

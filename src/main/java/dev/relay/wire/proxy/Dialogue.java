package dev.relay.wire.proxy;

import dev.relay.wire.Line;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** Questions and answers of known length, with one limit for all of them: no byte is read that is not of an answer. */
final class Dialogue {
    private final Line line;
    private final long deadline;

    /** @param deadline until when all must be said, as {@link System#nanoTime} has it; {@link Line#FOR_EVER} for no limit */
    Dialogue(Line line, long deadline) {
        this.line = line;
        this.deadline = deadline;
    }

    void say(byte[] question) throws IOException {
        line.write(left(), ByteBuffer.wrap(question));
    }

    /** The next bytes, so many. */
    byte[] hear(int count) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(count);
        while (answer.hasRemaining()) {
            long left = left();
            if (left <= 0) {
                throw new SocketTimeoutException("no answer");
            }
            if (line.read(answer, left) < 0) {
                throw new EOFException("the connection was closed");
            }
        }
        return answer.array();
    }

    private long left() {
        return deadline == Line.FOR_EVER ? Line.FOR_EVER : deadline - System.nanoTime();
    }
}

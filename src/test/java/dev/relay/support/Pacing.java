package dev.relay.support;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Sends the body of an answer: in its pieces, with its stops, up to its break. */
final class Pacing {
    /** Where the body is sent: one protocol's way of sending it. */
    interface Outlet {
        /**
         * Sends the first {@code count} bytes.
         *
         * @param promised what a frame that is cut in the middle claims to have, at least {@code count}
         */
        void send(byte[] bytes, int count, int promised) throws IOException, InterruptedException;

        /** What was sent leaves now. */
        void flush() throws IOException;

        /** The body is whole. */
        void end() throws IOException, InterruptedException;

        void cut(Answer.Cut how) throws IOException, InterruptedException;
    }

    private final Answer answer;
    private final Outlet outlet;
    private final Reception reception;

    Pacing(Answer answer, Outlet outlet, Reception reception) {
        this.reception = reception;
        this.answer = answer;
        this.outlet = outlet;
    }

    void send() throws IOException, InterruptedException {
        Deque<Answer.Pause> pauses = new ArrayDeque<>(answer.pauses);
        Answer.Break broken = answer.breaks;
        long length = answer.body.length();
        byte[] buffer = new byte[(int) Math.min(answer.piece, Math.max(1, length))];
        long position = 0;
        while (true) {
            while (!pauses.isEmpty() && pauses.getFirst().after() <= position) {
                outlet.flush();
                pauses.removeFirst().gate().pass();
            }
            if (broken != null && broken.after() <= position) {
                outlet.cut(broken.cut());
                return;
            }
            if (position == length) {
                outlet.end();
                return;
            }
            long stop = pauses.isEmpty()
                    ? length
                    : Math.min(length, pauses.getFirst().after());
            int piece = (int) Math.min(buffer.length, stop - position);
            int count = broken == null ? piece : (int) Math.min(piece, broken.after() - position);
            answer.body.copy(position, buffer, count);
            outlet.send(buffer, count, piece);
            position += count;
            reception.sent(count);
            if (answer.flushed) {
                outlet.flush();
            }
        }
    }
}

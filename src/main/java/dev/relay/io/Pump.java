package dev.relay.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves a body into a sink: each piece is written as soon as it has arrived, and the next is not asked for before. */
public final class Pump {
    private Pump() {}

    /** Moves everything, telling which side is waited for. Returns at the end of a whole body; anything else throws. */
    public static void move(Chunks body, Sink sink, Course course) throws IOException {
        for (ByteBuffer bytes = body.next(); bytes != null; bytes = body.next()) {
            course.at(Stage.WRITING);
            sink.write(bytes);
            course.at(Stage.RECEIVING);
        }
    }
}

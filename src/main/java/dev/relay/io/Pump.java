package dev.relay.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves a body into a sink: each piece is written as soon as it has arrived, and the next is not asked for before. */
public final class Pump {
    private Pump() {}

    /** Moves everything. Returns at the end of a whole body; anything else throws. */
    public static void move(Chunks body, Sink sink) throws IOException {
        for (ByteBuffer bytes = body.next(); bytes != null; bytes = body.next()) {
            sink.write(bytes);
        }
    }
}

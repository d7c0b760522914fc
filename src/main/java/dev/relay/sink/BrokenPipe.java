package dev.relay.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/** Tells a reader that has gone (EPIPE) from other failures of a write. */
final class BrokenPipe {
    private BrokenPipe() {}

    static boolean is(IOException failure) {
        String message = failure.getMessage();
        if (failure.getClass() != IOException.class || message == null) {
            return false;
        }
        return message.equals("Broken pipe")
                || message.equals("Connection reset by peer")
                || message.equals(localText());
    }

    /** The JDK has no type for EPIPE, and its text is in the user's language: a pipe broken on purpose tells it. */
    static String localText() {
        try {
            Pipe pipe = Pipe.open();
            try (Pipe.SinkChannel end = pipe.sink()) {
                pipe.source().close();
                end.write(ByteBuffer.allocate(1));
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        return "";
    }
}

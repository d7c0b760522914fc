package dev.relay.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a stream of events that can be handed on by itself.
 *
 * @param bytes as they came
 * @param id the event's own {@code id}, empty when it takes back an earlier one; null when it has none
 */
public record EventPiece(
        Kind kind, ByteBuffer bytes, @Nullable String id) {

    /** What it is. */
    public enum Kind {
        /** An event up to and including its empty line, with the comments in it and before it. */
        EVENT,
        /** Comments, reconnection times and empty lines, which belong to no event. */
        LINES,
        /** The line feed after a carriage return that ended the piece before. */
        REST
    }
}

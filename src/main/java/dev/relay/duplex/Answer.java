package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.io.Chunks;

/**
 * A response whose body is still arriving.
 *
 * @param length the bytes of the body, as the head promises; -1 when it does not say
 */
public record Answer(Head head, long length, Chunks body) {}

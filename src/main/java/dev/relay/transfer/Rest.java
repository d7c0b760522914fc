package dev.relay.transfer;

import dev.relay.io.Chunks;
import dev.relay.io.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a body.
 *
 * @param reply whose body it is; null when nothing is left
 * @param body from where it broke on
 * @param end how long the body is altogether; -1 when it ends where this ends
 */
record Rest(@Nullable Reply reply, Chunks body, long end) {}

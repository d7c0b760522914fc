/** The parts that bytes move through: sources, chunks, the pump, sinks, limits and measures. */
@NullMarked
package dev.relay.io;

import org.jspecify.annotations.NullMarked;

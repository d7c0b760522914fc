package dev.relay.plan;

/**
 * A body that is fetched in ranges.
 *
 * @param connections how many at a time, at least 2
 * @param segmentSize the bytes of one range; as many times this as there are connections may wait to be written
 */
public record Parallel(int connections, int segmentSize) {}

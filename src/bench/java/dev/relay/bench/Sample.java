package dev.relay.bench;

/**
 * One run of a client, measured alone.
 *
 * @param exitCode its exit code, or 128 and the signal
 * @param wallNanos from its start to its end
 * @param cpuNanos user and system time
 * @param peakBytes the greatest resident size
 */
record Sample(int exitCode, long wallNanos, long cpuNanos, long peakBytes) {}

package dev.relay.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is told, and where.
 *
 * @param silent no progress and no notes
 * @param errorLine whether a failure prints its line
 * @param verbose the exchange is shown
 * @param debug a failure shows its stack
 * @param writeOut the format of {@code -w}, its file already read
 * @param report a file for the JSON report
 */
public record Telling(
        boolean silent,
        boolean errorLine,
        boolean verbose,
        boolean debug,
        @Nullable String writeOut,
        @Nullable Path report) {}

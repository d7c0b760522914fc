package dev.relay.plan;

import dev.relay.http.DigestAlgorithm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told, and where.
 *
 * @param silent no notes
 * @param errorLine whether a failure prints its line
 * @param verbose the exchange is shown
 * @param debug a failure shows its stack
 * @param progress how a transfer that lasts is told of
 * @param writeOut the format of {@code -w}, its file already read
 * @param report a file for the JSON report
 */
public record Telling(
        boolean silent,
        boolean errorLine,
        boolean verbose,
        boolean debug,
        Progress progress,
        @Nullable String writeOut,
        @Nullable Path report) {
    private static final String CHECKSUM = "checksum{";

    /** {@code --progress}. */
    public enum Progress {
        /** A line on a terminal, none elsewhere. */
        BAR,
        /** An object a line, for programs. */
        JSON,
        /** Nothing. */
        NONE
    }

    /** The digests that the format of {@code -w} asks for: {@code %{checksum{sha256}}}. */
    public List<DigestAlgorithm> checksums() {
        if (writeOut == null || !writeOut.contains(CHECKSUM)) {
            return List.of();
        }
        var asked = new ArrayList<DigestAlgorithm>();
        for (int at = writeOut.indexOf(CHECKSUM); at >= 0; at = writeOut.indexOf(CHECKSUM, at + 1)) {
            int end = writeOut.indexOf('}', at);
            DigestAlgorithm algorithm =
                    end < 0 ? null : DigestAlgorithm.named(writeOut.substring(at + CHECKSUM.length(), end));
            if (algorithm != null) {
                asked.add(algorithm);
            }
        }
        return asked;
    }
}

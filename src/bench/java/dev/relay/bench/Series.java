package dev.relay.bench;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/** The same run, several times. */
record Series(List<Sample> samples) {
    Series {
        samples = List.copyOf(samples);
    }

    long median(ToLongFunction<Sample> measure) {
        return Series.percentile(samples.stream().mapToLong(measure).sorted().toArray(), 50);
    }

    long greatest(ToLongFunction<Sample> measure) {
        return samples.stream().mapToLong(measure).max().orElseThrow();
    }

    /** The first exit code that is not 0. */
    OptionalInt failure() {
        return samples.stream()
                .mapToInt(Sample::exitCode)
                .filter(code -> code != 0)
                .findFirst();
    }

    /** The value below which that part of a sorted array lies. */
    static long percentile(long[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}

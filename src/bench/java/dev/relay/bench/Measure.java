package dev.relay.bench;

import java.util.Locale;

/** What of a series stands in the table, and in which unit. */
enum Measure {
    MILLISECONDS {
        @Override
        double of(Series series) {
            return series.median(Sample::wallNanos) / 1e6;
        }

        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%.0f ms", value);
        }
    },
    SECONDS {
        @Override
        double of(Series series) {
            return series.median(Sample::wallNanos) / 1e9;
        }

        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%.2f s", value);
        }
    },
    CPU {
        @Override
        double of(Series series) {
            return series.median(Sample::cpuNanos) / 1e9;
        }

        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%.2f s", value);
        }
    },
    /** The greatest of all runs, not the median. */
    PEAK {
        @Override
        double of(Series series) {
            return series.greatest(Sample::peakBytes) / 1e6;
        }

        @Override
        String text(double value) {
            return String.format(Locale.ROOT, "%.0f MB", value);
        }
    };

    abstract double of(Series series);

    abstract String text(double value);
}

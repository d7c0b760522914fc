package dev.relay.listener;

import java.util.Map;
import java.util.TreeMap;

/** Which bytes of a representation somebody has, in runs. */
final class Coverage {
    /** The end of each run, by its first byte; no two touch. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    /** Adds the bytes from {@code first} to before {@code end}. */
    void add(long first, long end) {
        if (first >= end) {
            return;
        }
        long from = first;
        long to = end;
        Map.Entry<Long, Long> run = runs.floorEntry(to);
        while (run != null && run.getValue() >= from) {
            from = Math.min(from, run.getKey());
            to = Math.max(to, run.getValue());
            runs.remove(run.getKey());
            run = runs.floorEntry(to);
        }
        runs.put(from, to);
    }

    /** The same bytes, apart from these. */
    Coverage copy() {
        var copy = new Coverage();
        copy.runs.putAll(runs);
        return copy;
    }

    /** Where the last run begins that begins no later than there; 0 when none does. */
    long lastStart(long latest) {
        Long last = runs.floorKey(latest);
        return last == null ? 0 : last;
    }

    /** Whether these are all of a representation of that length. */
    boolean isAll(long length) {
        Map.Entry<Long, Long> run = runs.firstEntry();
        return length == 0 || (run != null && run.getKey() == 0 && run.getValue() >= length);
    }
}

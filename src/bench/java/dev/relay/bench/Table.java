package dev.relay.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results as Markdown: a row for each measurement, a column for each program. */
final class Table {
    static final String RELAY = "relay";

    private final List<String> columns;
    private final List<String> lines = new ArrayList<>();

    /** @param columns the programs, relay first */
    Table(List<String> columns) {
        this.columns = List.copyOf(columns);
        lines.add("| | " + String.join(" | ", columns) + " | relay is | bar |");
        lines.add("|---" + "|--:".repeat(columns.size()) + "|--:|---|");
    }

    /** What relay is held against: a limit that depends on the programs measured beside it. */
    record Bar(String text, double limit) {
        /** At most so many times the other's value; nothing to hold against when the other was not measured. */
        static @Nullable Bar times(double factor, String other, Map<String, Double> values) {
            Double reference = values.get(other);
            return reference == null ? null : new Bar(number("≤ %s ×", factor), factor * reference);
        }
    }

    /** A row of one measure of the results, compared with one program, with at most so many times its value. */
    void compare(String what, Map<String, Series> results, Measure measure, String other, @Nullable Double factor) {
        var values = new LinkedHashMap<String, Double>();
        var cells = new LinkedHashMap<String, String>();
        results.forEach((name, series) -> {
            if (series.failure().isPresent()) {
                cells.put(name, "exit " + series.failure().getAsInt());
            } else {
                values.put(name, measure.of(series));
                cells.put(name, measure.text(measure.of(series)));
            }
        });
        Bar bar = factor == null ? null : Bar.times(factor, other, values);
        add(what, cells, ratio(values, other), verdict(values.get(RELAY), bar));
    }

    /** A row as it comes. */
    void add(String what, Map<String, String> cells, String ratio, String verdict) {
        var line = new StringBuilder("| ").append(what);
        for (String column : columns) {
            line.append(" | ").append(cells.getOrDefault(column, ""));
        }
        line.append(" | ").append(ratio).append(" | ").append(verdict).append(" |");
        lines.add(line.toString());
        System.err.println(line);
    }

    private static String ratio(Map<String, Double> values, String other) {
        Double relay = values.get(RELAY);
        Double reference = values.get(other);
        return relay == null || reference == null
                ? ""
                : String.format(Locale.ROOT, "%.2f × %s", relay / reference, other);
    }

    /** Whether a value is within its bar. */
    static String verdict(@Nullable Double value, @Nullable Bar bar) {
        if (bar == null) {
            return "";
        }
        return bar.text() + (value != null && value <= bar.limit() ? ": met" : ": **missed**");
    }

    /** A number without the zeros that say nothing. */
    static String number(String format, double value) {
        String digits = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        return String.format(Locale.ROOT, format, digits);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}

package dev.relay.report;

import dev.relay.io.Course;
import dev.relay.io.Ledger;
import dev.relay.outcome.Outcome;
import java.util.Locale;

/**
 * The progress as JSON, for programs: an object a line. Its shape is described in the manual; {@code v} counts up when a
 * member changes its meaning or goes away, and not for new ones.
 */
final class ProgressJson {
    private static final String VERSION = "1";

    private final Ledger ledger;
    private final Course course;
    private final Pace pace;

    ProgressJson(Ledger ledger, Pace pace) {
        this.ledger = ledger;
        this.course = ledger.course();
        this.pace = pace;
    }

    /** In the middle of the run. */
    String now() {
        var json = begun(course.stage().name().toLowerCase(Locale.ROOT));
        json.name("waited").literal(seconds(Math.max(pace.silence(), pace.held())));
        json.name("output_slow").literal(Boolean.toString(pace.isOutputSlow()));
        return json.close('}').toString();
    }

    /** At its end. */
    String ended(Outcome outcome) {
        var json = begun(FactsJson.ending(outcome));
        json.name("exitcode").literal(Integer.toString(outcome.exitCode().value()));
        return json.close('}').toString();
    }

    private Json begun(String state) {
        long come = course.offset() + Pace.arrived(course);
        double rate = pace.receiving();
        var json = new Json(",").open('{');
        json.name("v").literal(VERSION);
        json.name("state").text(state);
        json.name("elapsed").literal(seconds(ledger.lasting()));
        json.name("bytes").literal(Long.toString(come));
        json.name("total").literal(known(course.length()));
        json.name("offset").literal(Long.toString(Math.max(0, course.offset())));
        json.name("rate").literal(Long.toString((long) rate));
        boolean isLeft = course.length() >= 0 && rate >= 1;
        json.name("left").literal(isLeft ? seconds((long) ((course.length() - come) / rate * 1e9)) : "null");
        json.name("sent").literal(Long.toString(course.sent()));
        json.name("to_send").literal(known(course.toSend()));
        json.name("retries").literal(Integer.toString(ledger.retries()));
        json.name("resumes").literal(Integer.toString(ledger.resumes()));
        json.name("connections").literal(Integer.toString(ledger.connections()));
        return json;
    }

    private static String known(long bytes) {
        return bytes < 0 ? "null" : Long.toString(bytes);
    }

    /** Seconds with three decimals. */
    private static String seconds(long nanos) {
        long millis = Math.max(0, nanos) / 1_000_000;
        String rest = Long.toString(millis % 1000);
        return millis / 1000 + "." + "0".repeat(3 - rest.length()) + rest;
    }
}

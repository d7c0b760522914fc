package dev.relay.report;

import dev.relay.http.Head;
import dev.relay.http.Url;
import dev.relay.io.Course;
import dev.relay.io.Ledger;
import dev.relay.io.Stage;
import dev.relay.plan.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What there is to say of a run at one moment, in words. */
final class State {
    /** What takes no longer is no news, in nanoseconds. */
    private static final long NEWS = 2_000_000_000L;

    private final Ledger ledger;
    private final Course course;
    private final Limits limits;
    private final Taker taker;
    private final Pace pace;
    private final long now;

    State(Progress.Watched watched, Pace pace, long now) {
        this.ledger = watched.ledger();
        this.course = ledger.course();
        this.limits = watched.limits();
        this.taker = watched.taker();
        this.pace = pace;
        this.now = now;
    }

    /**
     * Somebody who is waited for.
     *
     * @param brief the same where there is little room
     * @param stands whether nothing moves until then
     */
    record Waiting(String text, String brief, boolean stands) {
        static final Waiting NOBODY = new Waiting("", "", false);
    }

    ProgressLine line() {
        Waiting waiting = waiting();
        if (course.isBothWays()) {
            return bothWays(waiting);
        }
        boolean sends = isSending();
        long total = sends ? course.toSend() : course.length();
        long passed = sends ? course.sent() : course.offset() + Pace.arrived(course);
        double rate = sends ? pace.sending() : pace.receiving();
        String rateText = waiting.stands() ? "" : padded(Amounts.rate(rate), 10);
        String beside = course.division() == null ? "" : course.division().connections() + " connections";
        if (total <= 0 || passed > total) {
            boolean nothing = passed == 0 && !waiting.text().isEmpty();
            return new ProgressLine(
                    "",
                    null,
                    nothing ? "" : padded(amount(Amounts.size(passed), sends), 9),
                    Amounts.brief(passed),
                    nothing ? "" : rateText,
                    nothing || waiting.stands() ? "" : "in " + Amounts.clock(ledger.lasting()),
                    beside,
                    waiting.text(),
                    waiting.brief());
        }
        double share = (double) passed / total;
        double delivered = sends ? share : (double) (course.offset() + course.received()) / total;
        String left = waiting.stands() || rate < 1 || passed == total
                ? ""
                : Amounts.clock((long) Math.ceil((total - passed) / rate) * 1_000_000_000L) + " left";
        return new ProgressLine(
                padded(passed * 100 / total + "%", 4),
                new ProgressLine.Shares(delivered, share),
                amount(Amounts.of(passed, total), sends),
                Amounts.brief(passed),
                rateText,
                left,
                beside,
                waiting.text(),
                waiting.brief());
    }

    private static String amount(String text, boolean sends) {
        return sends ? text + " sent" : text;
    }

    private ProgressLine bothWays(Waiting waiting) {
        String amounts = "sent " + Amounts.size(course.sent()) + "  received " + Amounts.size(course.received());
        String rates = "up " + Amounts.rate(pace.sending()) + ", down " + Amounts.rate(pace.receiving());
        return new ProgressLine(
                "",
                null,
                amounts,
                Amounts.brief(course.received()),
                rates,
                "in " + Amounts.clock(ledger.lasting()),
                "",
                isQuiet(waiting) ? "" : waiting.text(),
                waiting.brief());
    }

    /** Either side may be silent for as long as it likes, once an answer has begun. */
    private boolean isQuiet(Waiting waiting) {
        boolean told = course.stage() == Stage.WRITING || course.stage() == Stage.ALONE;
        return waiting.stands() && course.isAnswered() && !told;
    }

    /** Whether a request body is on its way, and no answer yet. */
    private boolean isSending() {
        return !course.isAnswered() && course.sent() > 0 && course.sent() != course.toSend();
    }

    /** What is waited for, named from the side that keeps us waiting. */
    Waiting waiting() {
        Course.Pause pause = course.pause();
        return switch (course.stage()) {
            case PAUSING ->
                pause == null || pause.until() - now <= 0 ? lookingUp() : pausing(pause, pause.until() - now);
            case RESOLVING -> lookingUp();
            case CONNECTING -> stage("connecting to " + host(), "connecting", limits.connect());
            case SECURING -> stage("shaking hands with " + host(), "TLS handshake", limits.connect());
            case ASKING -> isSending() ? sending() : stage("waiting for the answer", "no answer yet", headLimit());
            case RECEIVING -> receiving();
            case WRITING -> writing();
            case FINISHING -> stage("finishing", "finishing", null);
            case ALONE -> stage("waiting for somebody to come", "nobody there", null);
        };
    }

    private Waiting lookingUp() {
        return stage("looking up " + host(), "looking up", limits.connect());
    }

    private static Waiting pausing(Course.Pause pause, long left) {
        String when = " in " + Amounts.duration(left);
        return new Waiting(pause.then() + when, "again" + when, true);
    }

    private Waiting stage(String what, String brief, @Nullable Duration limit) {
        return new Waiting(what + lasting(pace.silence(), limit), brief, true);
    }

    private Waiting sending() {
        return pace.silence() < NEWS
                ? Waiting.NOBODY
                : new Waiting("nothing taken for " + Amounts.time(pace.silence()), "not taken", true);
    }

    private Waiting receiving() {
        if (pace.silence() < NEWS) {
            return slow();
        }
        if (!course.isAnswered()) {
            // There is no upstream: a file, or standard input, is handed out.
            String silent = "nothing has come for " + Amounts.time(pace.silence());
            return new Waiting(silent, "nothing comes", true);
        }
        Duration limit = isEvents() && !limits.idleForEvents() ? null : limits.idle();
        String brief = "silent " + Amounts.time(pace.silence());
        return new Waiting("upstream silent" + lasting(pace.silence(), limit), brief, true);
    }

    private Waiting writing() {
        if (pace.held() < NEWS) {
            return slow();
        }
        String held = Amounts.time(pace.held());
        return new Waiting("the " + who() + " is slow: it has taken nothing for " + held, "slow " + who(), true);
    }

    private String who() {
        return switch (taker) {
            case READER -> "reader";
            case OUTPUT -> "output";
            case CLIENT -> "client";
        };
    }

    private Waiting slow() {
        return pace.isOutputSlow() && taker != Taker.OUTPUT
                ? new Waiting("the " + who() + " is slow", "slow " + who(), false)
                : Waiting.NOBODY;
    }

    private static String lasting(long nanos, @Nullable Duration limit) {
        if (nanos < NEWS) {
            return "";
        }
        return " for " + Amounts.time(nanos) + (limit == null ? "" : ", giving up at " + Amounts.time(limit.toNanos()));
    }

    private @Nullable Duration headLimit() {
        return limits.firstByte() == null ? limits.idle() : limits.firstByte();
    }

    private boolean isEvents() {
        Head head = ledger.head();
        return head != null && head.headers().first("Content-Type").orElse("").startsWith("text/event-stream");
    }

    private String host() {
        Url url = ledger.url();
        return url == null ? "the server" : Printable.of(url.bareHost());
    }

    private static String padded(String text, int columns) {
        return " ".repeat(Math.max(0, columns - text.length())) + text;
    }
}

package dev.relay.report;

import dev.relay.io.Course;
import dev.relay.io.Stage;

/**
 * What shows when a run is looked at again and again: how fast it is, and for how long it has been waiting for whom. The
 * run itself notes no time: what it is at when it is looked at is enough. Times are nanoseconds.
 */
final class Pace {
    /** What is older counts little for the rate. */
    private static final double REMEMBERED = 3e9;
    /** What is older counts little for who is slow. */
    private static final double RECENT = 1e9;

    private static final double MOSTLY = 0.9;
    private static final double NO_MORE = 0.7;
    private static final long LOOKED_LONG_ENOUGH = 2_000_000_000L;

    private final Rate receiving = new Rate();
    private final Rate sending = new Rate();
    private boolean begun;
    private long last;
    private long first;
    private Stage stage = Stage.RESOLVING;
    private long stageSince;
    private long quietSince;
    private long heldSince;
    private double writing;
    private boolean readerSlow;

    /** Bytes a second over the last seconds. */
    private static final class Rate {
        private long before;
        private double bytes;
        private double time;

        /** Says whether anything has moved. */
        boolean observe(long now, long passed) {
            double fading = Math.exp(-passed / REMEMBERED);
            long more = now - before;
            bytes = bytes * fading + more;
            time = time * fading + passed;
            before = now;
            return more != 0;
        }

        double perSecond() {
            return time <= 0 ? 0 : bytes * 1e9 / time;
        }
    }

    /**
     * Looks.
     *
     * @param elapsed how long the run has lasted
     */
    void observe(long now, long elapsed, Course course) {
        if (!begun) {
            begun = true;
            first = now;
            // What came before the first look came in all of the time before.
            last = now - elapsed;
            stageSince = now;
        }
        long passed = now - last;
        boolean came = receiving.observe(arrived(course), passed);
        boolean went = sending.observe(course.sent(), passed);
        boolean moved = came || went;
        Stage at = course.stage();
        if (at != stage) {
            stage = at;
            stageSince = now;
        }
        if (moved || at != Stage.WRITING) {
            heldSince = now;
        }
        if (moved || at == Stage.WRITING || at == Stage.PAUSING) {
            quietSince = now;
        }
        double fading = Math.exp(-passed / RECENT);
        writing = writing * fading + (at == Stage.WRITING ? 1 - fading : 0);
        readerSlow = writing > (readerSlow ? NO_MORE : MOSTLY) && now - first >= LOOKED_LONG_ENOUGH;
        last = now;
    }

    /** The bytes of the body that have come, those included whose turn has not. */
    static long arrived(Course course) {
        Course.Division division = course.division();
        return division == null ? course.received() : division.come().getAsLong();
    }

    /** Bytes a second that come. */
    double receiving() {
        return receiving.perSecond();
    }

    /** Bytes a second that go. */
    double sending() {
        return sending.perSecond();
    }

    /** How long nothing has moved, nor gone on to another stage, although it was waited for. */
    long silence() {
        return last - Math.max(quietSince, stageSince);
    }

    /** How long the output has taken nothing. */
    long held() {
        return last - Math.max(heldSince, stageSince);
    }

    /** Whether most of the time is spent in waiting for the output. */
    boolean isOutputSlow() {
        return readerSlow;
    }
}

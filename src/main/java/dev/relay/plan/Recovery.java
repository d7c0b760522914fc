package dev.relay.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a request that failed before its body began, and about a body that broke.
 *
 * @param retries how many tries may follow the first, 0 for none
 * @param delay the time between two tries; null for one that doubles from a second, with jitter
 * @param maxTime how long after the first request there may be tries; null for no limit
 * @param when what a try may help against
 * @param repeatAny whether a request may be sent again whose method is not idempotent (RFC 9110 §9.2.2)
 * @param resume whether a body is continued where it broke
 */
public record Recovery(
        int retries,
        @Nullable Duration delay,
        @Nullable Duration maxTime,
        Transient when,
        boolean repeatAny,
        boolean resume) {

    /** The same without another try. */
    public Recovery giveUpAtOnce() {
        return new Recovery(0, delay, maxTime, when, repeatAny, false);
    }

    /**
     * The failures that are expected to pass.
     *
     * @param all every failure of the server and of the way to it, whatever the rest says
     * @param reset the connection was reset, or closed without an answer
     * @param timeout a time limit passed
     * @param refused nobody listened
     * @param name the name did not resolve
     * @param statuses response statuses; 5 stands for all from 500 to 599, 4 for all from 400 to 499
     */
    public record Transient(
            boolean all, boolean reset, boolean timeout, boolean refused, boolean name, List<Integer> statuses) {
        public Transient {
            statuses = List.copyOf(statuses);
        }

        /** Whether a response with that status may be followed by a better one. */
        public boolean isStatus(int status) {
            return status >= 400 && (all || statuses.contains(status) || statuses.contains(status / 100));
        }
    }
}

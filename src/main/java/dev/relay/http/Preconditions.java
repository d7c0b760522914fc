package dev.relay.http;

import java.time.Instant;
import java.util.List;

/**
 * The conditions of a request, held against the state of a resource here (RFC 9110 §13).
 *
 * @param etag its entity tag, strong, with its quotes
 * @param modified when it was changed, in whole seconds
 */
public record Preconditions(String etag, Instant modified) {

    /** What they come to. */
    public enum Verdict {
        /** The request is done. */
        MET,
        /** 304. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    /** Of a GET or a HEAD, in the order of §13.2.2. */
    public Verdict of(Headers request, Instant now) {
        if (request.contains("If-Match")) {
            if (!names(request.all("If-Match"), true)) {
                return Verdict.FAILED;
            }
        } else if (request.only("If-Unmodified-Since").isPresent()) {
            Instant since = HttpDate.parse(request.only("If-Unmodified-Since").get(), now);
            if (since != null && modified.isAfter(since)) {
                return Verdict.FAILED;
            }
        }
        if (request.contains("If-None-Match")) {
            return names(request.all("If-None-Match"), false) ? Verdict.NOT_MODIFIED : Verdict.MET;
        }
        if (request.only("If-Modified-Since").isPresent()) {
            Instant since = HttpDate.parse(request.only("If-Modified-Since").get(), now);
            return since != null && !modified.isAfter(since) ? Verdict.NOT_MODIFIED : Verdict.MET;
        }
        return Verdict.MET;
    }

    /** Whether a Range is meant for this state (§13.1.5): the date counts only when it is old enough to be strong. */
    public boolean allowRange(Headers request, Instant now) {
        if (!request.contains("If-Range")) {
            return true;
        }
        String validator = request.only("If-Range").orElse("");
        if (validator.startsWith("\"") || validator.startsWith("W/")) {
            return validator.equals(etag);
        }
        Instant date = HttpDate.parse(validator, now);
        return modified.equals(date) && modified.plusSeconds(60).isBefore(now);
    }

    private boolean names(List<String> values, boolean strongly) {
        for (String value : values) {
            if (value.strip().equals("*")) {
                return true;
            }
            for (String each : value.split(",", -1)) {
                String tag = each.strip();
                if (tag.equals(etag) || (!strongly && tag.equals("W/" + etag))) {
                    return true;
                }
            }
        }
        return false;
    }
}

package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Plan;
import org.jspecify.annotations.Nullable;

/** What a status says that is not the one that was hoped for. */
public final class Refusal {
    private Refusal() {}

    /**
     * Why the response is not what was wanted; null when it is.
     *
     * @param staying why a redirect is not followed
     */
    public static @Nullable Outcome of(Head head, Plan plan, String staying) {
        int status = head.status();
        Url url = plan.request().url();
        String phrase = head.statusLine().substring(head.version().length() + 1);
        String location = head.headers().first("Location").orElse(null);
        if (status >= 300 && status < 400 && location != null) {
            String why = phrase + " leads elsewhere, and " + staying + ": " + to(location, url);
            return new Outcome.Failed(Fault.of(ExitCode.BODY_NOT_REPEATABLE, url.toString(), why), null);
        }
        return head.isError() ? new Outcome.Failed(Fault.of(ExitCode.HTTP_STATUS, url.toString(), phrase), null) : null;
    }

    /** A place that a person may be shown. */
    private static String to(String location, Url url) {
        try {
            return url.resolve(location).toString();
        } catch (FaultException e) {
            return "its Location cannot be read";
        }
    }
}

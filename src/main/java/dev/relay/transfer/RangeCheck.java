package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.http.Head;
import dev.relay.http.RangeSpec;
import dev.relay.io.Reply;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Request;
import java.util.Optional;

/** Holds the answer against the range that was asked for: a part that nobody asked for is not the body. */
final class RangeCheck {
    private RangeCheck() {}

    static void check(Request request, Reply reply) throws FaultException {
        Head head = reply.head();
        String range = request.range();
        if (range == null) {
            if (head.status() == 206 && !request.headers().contains("Range")) {
                throw fault(ExitCode.RECEIVING_FAILED, reply, "a part came that nobody asked for");
            }
            return;
        }
        if (head.status() == 206) {
            checkPart(request, RangeSpec.parse(range), reply);
        } else if (head.status() >= 200 && head.status() < 300) {
            throw fault(ExitCode.RANGE_NOT_SERVED, reply, "the whole came instead of bytes " + range);
        }
    }

    /** An error status that was the answer; 416 to a range of the user's says that the server cannot do it. */
    static Fault refused(Request request, Reply reply) {
        Head head = reply.head();
        String url = reply.url().toString();
        String why = head.statusLine().substring(head.version().length() + 1);
        if (head.status() != 416 || request.range() == null) {
            return Fault.of(ExitCode.HTTP_STATUS, url, why);
        }
        Optional<ContentRange> range = head.headers().only("Content-Range").flatMap(ContentRange::parse);
        boolean told = range.isPresent() && range.get() instanceof ContentRange.Unsatisfied;
        String has = told ? "; it has " + ((ContentRange.Unsatisfied) range.get()).total() + " bytes" : "";
        return Fault.of(ExitCode.RANGE_NOT_SERVED, url, why + has);
    }

    private static void checkPart(Request request, RangeSpec asked, Reply reply) throws FaultException {
        Optional<String> field = reply.head().headers().only("Content-Range");
        if (field.isEmpty()) {
            boolean multipart = reply.head()
                    .headers()
                    .first("Content-Type")
                    .orElse("")
                    .regionMatches(true, 0, "multipart/byteranges", 0, 20);
            if (!multipart || asked.isSingle()) {
                throw fault(ExitCode.RECEIVING_FAILED, reply, "a 206 without Content-Range");
            }
            return;
        }
        Optional<ContentRange> given = ContentRange.parse(field.get());
        if (given.isEmpty() || !(given.get() instanceof ContentRange.Part part)) {
            throw fault(ExitCode.RECEIVING_FAILED, reply, "malformed Content-Range: " + field.get());
        }
        if (reply.length() != part.length() && !request.isHead()) {
            throw fault(ExitCode.RECEIVING_FAILED, reply, "a part of " + part.length() + " bytes in " + reply.length());
        }
        if (!asked.isAnsweredByOne(part)) {
            throw fault(ExitCode.RANGE_NOT_SERVED, reply, "asked for bytes " + asked + ", got " + field.get());
        }
    }

    private static FaultException fault(ExitCode code, Reply reply, String why) {
        return Fault.of(code, reply.url().toString(), why).exception();
    }
}

package dev.relay.transfer;

import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Ledger;
import dev.relay.io.Meter;
import dev.relay.io.Reply;
import dev.relay.io.Surroundings;
import dev.relay.io.Throttle;
import dev.relay.io.body.RequestBody;
import dev.relay.io.coding.Decoding;
import dev.relay.plan.Body;
import dev.relay.plan.Credentials;
import dev.relay.plan.Plan;
import dev.relay.plan.Request;
import dev.relay.plan.Version;
import dev.relay.upstream.HttpSource;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that is asked on behalf of others, by several of them at a time: what each gets is an answer, or the failure
 * that is left when all tries are spent, and a body that is continued where it breaks, measured, and verified before its
 * last piece is handed out.
 */
public final class UnbrokenSource {
    private final Plan plan;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final @Nullable RequestBody body;
    /** Asks nothing itself; what one request has learnt of who may ask, the next need not learn again. */
    private final HttpSource common;

    /**
     * Looks at the files that are to be sent.
     *
     * @param plan what is asked for, and how; what it says of the delivery is of no account here
     */
    public UnbrokenSource(Plan plan, Surroundings surroundings, Ledger ledger) throws IOException {
        Body sent = plan.request().body();
        this.body = sent == null ? null : RequestBody.of(sent, surroundings);
        this.common = new HttpSource(plan, surroundings.environment(), ledger);
        this.plan = plan;
        this.surroundings = surroundings;
        this.ledger = ledger;
    }

    /**
     * Asks once more.
     *
     * @param method what is sent
     * @param headers fields beside those of the plan, which count for more as far as somebody has asked for them
     * @param range one range of bytes, without the unit; null for the whole
     * @return a reply whose close ends the connection, at once when its body has not ended
     */
    public Reply open(String method, Headers headers, @Nullable String range) throws IOException {
        Request request = plan.request();
        Headers planned = request.headers();
        for (Headers.Field field : headers.fields()) {
            planned = isOurs(planned, field.name()) ? planned.without(field.name()) : planned;
        }
        Headers fields = planned;
        for (Headers.Field field : headers.fields()) {
            boolean decided = planned.contains(field.name()) || identifies(request, field.name());
            fields = decided ? fields : fields.and(field);
        }
        Plan asked = plan.with(request.asking(method, fields, range));
        HttpSource upstream = common.beside(asked, ledger, asked.request().body() == null ? null : body)
                .handingOn();
        boolean taken = false;
        try {
            Reply reply = new Stream(asked, surroundings, ledger, upstream).open();
            try {
                Chunks body = through(asked, reply);
                taken = true;
                return reply.carrying(new Lent(body, upstream));
            } finally {
                if (!taken) {
                    reply.close();
                }
            }
        } finally {
            if (!taken) {
                upstream.close();
            }
        }
    }

    /** Whether a field says no more than relay does by itself. */
    private static boolean isOurs(Headers planned, String name) {
        String value = planned.only(name).orElse("");
        return (name.equalsIgnoreCase("Accept") && value.equals("*/*"))
                || (name.equalsIgnoreCase("User-Agent") && value.equals("relay/" + Version.NUMBER));
    }

    /** Whether the plan says already who asks: then nobody else says it. */
    private static boolean identifies(Request request, String name) {
        return (name.equalsIgnoreCase("Authorization") && !request.credentials().equals(Credentials.NONE))
                || (name.equalsIgnoreCase("Cookie") && request.cookies() != null);
    }

    private Chunks through(Plan asked, Reply reply) throws IOException {
        String where = reply.url().toString();
        if (asked.request().range() == null) {
            RangeCheck.check(asked.request(), reply);
        }
        Long most = asked.limits().maxFileSize();
        Meter.check(reply.length(), most, where);
        var notes = new ArrayList<String>();
        Proof proof = Proof.of(asked, reply, ledger, notes);
        notes.forEach(ledger::note);
        Chunks body = new Meter(reply.body(), ledger, most, where);
        Long rate = asked.limits().rate();
        Chunks held = rate == null ? body : new Throttle(body, rate, surroundings.nanoTime());
        boolean decoded = isDecoded(asked.request(), reply);
        Chunks encoded = proof.ofEncoded(held);
        Chunks delivered = proof.ofDelivered(
                decoded ? Decoding.of(reply.head().headers().all("Content-Encoding"), encoded, where) : encoded);
        return new Proven(delivered, proof, decoded ? -1 : reply.length());
    }

    /** Whether content codings are undone, so that the body is not the one that the head tells of. */
    public static boolean isDecoded(Request request, Reply reply) {
        int status = reply.head().status();
        return request.compressed()
                && !request.isHead()
                && status != 204
                && status != 304
                && reply.length() != 0
                && reply.head().headers().contains("Content-Encoding");
    }
}

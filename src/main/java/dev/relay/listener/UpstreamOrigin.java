package dev.relay.listener;

import dev.relay.http.FileName;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.RangeSpec;
import dev.relay.io.Ledger;
import dev.relay.io.Reply;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Plan;
import dev.relay.plan.Service;
import dev.relay.transfer.UnbrokenSource;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A resource behind a URL: each request of a client is one upstream, whose breaks the client does not notice. */
final class UpstreamOrigin implements Origin {
    private static final String UNIT = "bytes=";
    private static final String[] OF_THE_CODED = {
        "Content-Encoding", "Content-Range", "Accept-Ranges", "Content-Digest", "Repr-Digest", "Content-MD5", "Digest"
    };

    private final Plan plan;
    private final boolean probe;
    private final Passing passing;
    private final UnbrokenSource source;

    UpstreamOrigin(Service.Upstream upstream, Passing passing, Surroundings surroundings, Ledger ledger)
            throws IOException {
        this.plan = upstream.plan();
        this.probe = upstream.probe();
        this.passing = passing;
        this.source = new UnbrokenSource(plan, surroundings, ledger);
    }

    @Override
    public Known prepare() throws IOException {
        String name = FileName.fromUrl(plan.request().url()).orElse("download");
        // What is sent with another method may change something: once for each client, and not before.
        if (!probe || !plan.request().method().equals("GET")) {
            return new Known(name, -1);
        }
        try (Reply reply = probed()) {
            Head head = reply.head();
            if (head.isError()) {
                String why = head.statusLine().substring(head.version().length() + 1);
                throw Fault.of(ExitCode.HTTP_STATUS, reply.url().toString(), why)
                        .exception();
            }
            Optional<String> given = head.headers().first("Content-Disposition").flatMap(FileName::fromHeader);
            Optional<String> found = FileName.fromUrl(reply.url());
            return new Known(given.or(() -> found).orElse(name), length(head));
        }
    }

    /** What the length would be: to a HEAD there is no body. */
    private static long length(Head head) {
        String text = head.headers().only("Content-Length").orElse("");
        return text.isEmpty() || head.headers().contains("Content-Encoding") ? -1 : Long.parseLong(text);
    }

    /** The answer to a HEAD, or to a GET where the server does not know, or want, the other. */
    private Reply probed() throws IOException {
        Reply reply = source.open("HEAD", Headers.NONE, null);
        if (!reply.head().isError()) {
            return reply;
        }
        reply.close();
        return source.open("GET", Headers.NONE, null);
    }

    @Override
    public Handed open(RequestHead request) throws IOException {
        String method = plan.request().method();
        if (request.isHead() && !method.equals("GET")) {
            throw new RefusedException(405, "only a GET is passed on");
        }
        Headers fields = passing.request(request.headers());
        String range = null;
        if (plan.request().compressed() || request.isHead()) {
            // Ranges would be of what is encoded.
            fields = fields.without("Range").without("If-Range");
        } else {
            range = range(fields.only("Range").orElse(""));
            fields = range == null ? fields : fields.without("Range");
        }
        Reply reply = source.open(request.isHead() ? "HEAD" : method, fields, range);
        Headers back = passing.response(reply.head().headers());
        boolean decoded = UnbrokenSource.isDecoded(plan.request(), reply);
        long length = reply.length();
        if (request.isHead()) {
            length = length(reply.head());
        } else if (decoded) {
            length = -1;
        }
        return new Handed(reply.head().status(), decoded ? decoded(back) : back, length, reply.body());
    }

    /** The value of {@code -r} for one range; null for anything else, which goes as it is, or is nothing. */
    private static @Nullable String range(String field) {
        if (!field.startsWith(UNIT)) {
            return null;
        }
        try {
            RangeSpec asked = RangeSpec.parse(field.substring(UNIT.length()));
            return asked.isSingle() ? asked.toString() : null;
        } catch (FaultException _) {
            return null;
        }
    }

    private static Headers decoded(Headers headers) {
        Headers left = headers;
        for (String name : OF_THE_CODED) {
            left = left.without(name);
        }
        Optional<String> tag = left.only("ETag").filter(value -> value.startsWith("\""));
        return tag.isPresent() ? left.with("ETag", "W/" + tag.get()) : left;
    }

    @Override
    public void close() {}
}

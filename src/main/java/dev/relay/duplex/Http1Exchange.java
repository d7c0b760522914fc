package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.upstream.Forwarding;
import dev.relay.wire.ChunkedOutlet;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.MessageReader;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** An exchange over HTTP/1.1 (RFC 9112): the request body in chunks, the connection for it alone. */
final class Http1Exchange implements Exchange {
    private static final int READ_AHEAD = 128 * 1024;

    private final Call call;
    private final Line line;
    private final Inlet inlet;
    private final Witness witness;
    private final Outgoing outgoing;

    private Http1Exchange(Call call, Line line, Witness witness) {
        this.call = call;
        this.line = line;
        this.inlet = new Inlet(line, READ_AHEAD);
        this.witness = witness;
        this.outgoing = new Outgoing(line);
    }

    /**
     * Sends the head.
     *
     * @param forwarding how it is put to the proxy that the line leads to; null when it leads to the server
     */
    static Http1Exchange begin(Call call, Line line, @Nullable Forwarding forwarding, Witness witness)
            throws IOException {
        var exchange = new Http1Exchange(call, line, witness);
        Headers fields = fields(call);
        String target = call.url().target();
        if (forwarding != null) {
            fields = forwarding.fields(call.method(), call.url(), fields);
            target = forwarding.target(call.url());
            witness.forwarded(forwarding.proxy().toString());
        }
        witness.requested(call.method(), call.url(), "HTTP/1.1", fields);
        String head = RequestHead.text(call.method(), target, fields);
        line.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.ISO_8859_1)));
        return exchange;
    }

    private static Headers fields(Call call) {
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field("Host", call.authority()));
        fields.addAll(call.headers().without("Host").fields());
        fields.add(new Headers.Field("Transfer-Encoding", "chunked"));
        return new Headers(fields);
    }

    @Override
    public Outlet outlet() {
        return outgoing;
    }

    @Override
    public Answer answer() throws IOException {
        var reader = new MessageReader(inlet, MessageReader.Limits.OF_RESPONSES);
        long deadline = call.headDeadline();
        while (true) {
            Head head = ResponseHead.read(reader, deadline, call.limits());
            witness.answered(head);
            if (head.status() == 101) {
                throw new ProtocolException("it switches to a protocol that was not asked for");
            }
            if (head.status() >= 200) {
                checkVersion(head);
                return Http1Answer.of(head, call, line, inlet);
            }
        }
    }

    /** Such a server reads no chunks (RFC 9112 §6.1): what looks like an answer is none to what was sent. */
    private void checkVersion(Head head) throws IOException {
        if (head.version().equals("HTTP/1.0") && !head.isError()) {
            String why = "the server speaks HTTP/1.0, which has no way to receive a body whose length is not known";
            throw Fault.of(ExitCode.RECEIVING_FAILED, call.url().toString(), why)
                    .exception();
        }
    }

    @Override
    public void close() {
        if (outgoing.ended) {
            line.close();
        } else {
            outgoing.abort();
        }
    }

    /** The chunks of the request. */
    private static final class Outgoing implements Outlet {
        private final Line line;
        private final ChunkedOutlet chunks;
        private volatile boolean ended;

        Outgoing(Line line) {
            this.line = line;
            this.chunks = new ChunkedOutlet(line, Line.FOR_EVER);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            chunks.write(bytes);
        }

        @Override
        public void end() throws IOException {
            chunks.end();
            ended = true;
        }

        /** Without its last chunk the body is incomplete (RFC 9112 §8), which is all that there is to say. */
        @Override
        public void abort() {
            line.close();
        }
    }
}

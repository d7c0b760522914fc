package dev.relay.duplex;

import dev.relay.http.Head;
import dev.relay.io.Chunks;
import dev.relay.io.Patience;
import dev.relay.upstream.Framing;
import dev.relay.wire.ChunkedBody;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.SizedBody;
import java.io.IOException;

/** A response as HTTP/1.1 frames it (RFC 9112 §6): finds where its body ends. */
public final class Http1Answer {
    private Http1Answer() {}

    /**
     * The response whose head was read last.
     *
     * @param inlet where the body follows
     * @throws dev.relay.outcome.FaultException 56 when the head contradicts itself
     */
    public static Answer of(Head head, Call call, Line line, Inlet inlet) throws IOException {
        boolean toHead = call.method().equals("HEAD");
        long length = Framing.length(head, toHead, call.url());
        var patience = new Patience(call.limits(), true);
        boolean chunked = head.headers().contains("Transfer-Encoding");
        Chunks body = length == 0
                ? new NoBytes()
                : chunked
                        ? new ChunkedBody(line, inlet, patience)
                        : length > 0
                                ? SizedBody.ofLength(line, inlet, patience, length)
                                : SizedBody.untilClose(line, inlet, patience);
        return new Answer(head, length, body);
    }
}

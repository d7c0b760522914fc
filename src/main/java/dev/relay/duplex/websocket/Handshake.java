package dev.relay.duplex.websocket;

import dev.relay.duplex.Answer;
import dev.relay.duplex.Call;
import dev.relay.duplex.Http1Answer;
import dev.relay.duplex.RequestHead;
import dev.relay.duplex.ResponseHead;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.plan.Limits;
import dev.relay.wire.Inlet;
import dev.relay.wire.Line;
import dev.relay.wire.MessageReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The opening handshake (RFC 6455 §4.1): asks for the protocol to be switched, and checks that it was. */
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING = 101;

    private final Call call;
    private final List<String> subprotocols;
    private final String key;

    /** @param subprotocols those that the server may choose from */
    Handshake(Call call, List<String> subprotocols, SecureRandom random) {
        this.call = call;
        this.subprotocols = subprotocols;
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        this.key = Base64.getEncoder().encodeToString(nonce);
    }

    /**
     * Asks, and waits for the answer.
     *
     * @return the head of the final answer, whatever its status
     * @throws dev.relay.outcome.FaultException 56 when it switches, but not to what it was asked for
     */
    Head shake(Line line, Inlet inlet, Witness witness) throws IOException {
        Headers fields = fields();
        witness.requested(call.method(), call.url(), "HTTP/1.1", fields);
        line.write(ByteBuffer.wrap(RequestHead.text(call, fields).getBytes(StandardCharsets.ISO_8859_1)));
        var reader = new MessageReader(inlet, MessageReader.Limits.OF_RESPONSES);
        long deadline = deadline();
        while (true) {
            Head head = ResponseHead.read(reader, deadline, call.limits());
            witness.answered(head);
            if (head.status() == SWITCHING) {
                check(head);
                return head;
            }
            if (head.status() >= 200) {
                return head;
            }
        }
    }

    /** Whether WebSocket is spoken from here on. */
    static boolean isDone(Head head) {
        return head.status() == SWITCHING;
    }

    /** What came instead. */
    Answer otherwise(Head head, Line line, Inlet inlet) throws IOException {
        return Http1Answer.of(head, call, line, inlet);
    }

    private Headers fields() {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Host", call.authority()));
        fields.add(new Field("Upgrade", "websocket"));
        fields.add(new Field("Connection", "Upgrade"));
        fields.add(new Field("Sec-WebSocket-Key", key));
        fields.add(new Field("Sec-WebSocket-Version", "13"));
        if (!subprotocols.isEmpty()) {
            fields.add(new Field("Sec-WebSocket-Protocol", String.join(", ", subprotocols)));
        }
        fields.addAll(call.headers().without("Host").fields());
        return new Headers(fields);
    }

    /** Unlike a body, this answer follows at once: what holds for others holds for it. */
    private long deadline() {
        Limits limits = call.limits();
        Duration limit = limits.firstByte() == null ? limits.idle() : limits.firstByte();
        return limit == null ? Line.FOR_EVER : System.nanoTime() + limit.toNanos();
    }

    private void check(Head head) throws IOException {
        Headers headers = head.headers();
        if (head.version().equals("HTTP/1.0")) {
            throw failed("the server speaks HTTP/1.0, which switches to nothing");
        }
        if (!has(headers, "Upgrade", "websocket")) {
            throw failed("it does not switch to websocket");
        }
        if (!has(headers, "Connection", "upgrade")) {
            throw failed("its Connection does not say upgrade");
        }
        if (!headers.only("Sec-WebSocket-Accept").orElse("").equals(accept())) {
            throw failed("its Sec-WebSocket-Accept does not answer our key");
        }
        if (headers.contains("Sec-WebSocket-Extensions")) {
            throw failed("it uses an extension, and none was offered");
        }
        List<String> chosen = headers.all("Sec-WebSocket-Protocol");
        if (chosen.size() > 1 || (chosen.size() == 1 && !subprotocols.contains(chosen.getFirst()))) {
            throw failed("it chooses the subprotocol " + String.join(", ", chosen) + ", which was not offered");
        }
    }

    private static boolean has(Headers headers, String name, String token) {
        for (String value : headers.all(name)) {
            for (String each : value.split(",", -1)) {
                if (each.strip().toLowerCase(Locale.ROOT).equals(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String accept() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private IOException failed(String why) {
        return Fault.of(ExitCode.RECEIVING_FAILED, call.url().toString(), "the WebSocket handshake failed: " + why)
                .exception();
    }
}

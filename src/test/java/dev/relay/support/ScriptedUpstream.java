package dev.relay.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on raw sockets, HTTP/1.1 unless told otherwise, that does what the test says, right or wrong, and keeps every request. It listens
 * from the first call of {@link #url} on; what it is told before that is its script.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private final @Nullable Function<RecordedRequest, Answer> function;
    private Entity entity;
    private UnaryOperator<Answer> shape = answer -> answer;
    private UnaryOperator<Answer> spoil = answer -> answer;
    private int spoilt = 1;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int fixedPort;
    private @Nullable TlsIdentity identity;
    private int listenedTo = Integer.MAX_VALUE;
    private @Nullable Answer atFirstByte;
    private boolean http2;
    private final Gate gate = new Gate();
    private @Nullable Reception reception;

    private ScriptedUpstream(@Nullable Function<RecordedRequest, Answer> function, Entity entity) {
        this.function = function;
        this.entity = entity;
    }

    /** Answers every request with that body, ranges of it included. */
    public static ScriptedUpstream sending(String body) {
        return sending(Entity.of(body));
    }

    public static ScriptedUpstream sending(Content body) {
        return sending(Entity.of(body));
    }

    public static ScriptedUpstream sending(Entity entity) {
        return new ScriptedUpstream(null, entity);
    }

    /** Answers each request as the function says; what the function throws, {@link #close} throws. */
    public static ScriptedUpstream answering(Function<RecordedRequest, Answer> function) {
        return new ScriptedUpstream(function, Entity.of(""));
    }

    /** Answers the requests in that order, and all later ones as the last. */
    public static ScriptedUpstream answering(Answer first, Answer... more) {
        List<Answer> later = List.of(more);
        return answering(request -> request.number() == 0 || later.isEmpty()
                ? first
                : later.get(Math.min(request.number(), later.size()) - 1));
    }

    /** Accepts connections and never says a word, not even in a TLS handshake. */
    public static ScriptedUpstream mute() {
        var upstream = answering(Answer.silence());
        return upstream.muteAfter(0);
    }

    /** Answers the first byte of each connection, whatever it is: a server that speaks no HTTP, or no TLS. */
    public static ScriptedUpstream atFirstByte(Answer raw) {
        var upstream = answering(raw);
        upstream.atFirstByte = raw;
        return upstream;
    }

    /** The entity's ETag, quotes and all. */
    public ScriptedUpstream withEtag(String value) {
        entity = entity.withEtag(value);
        return this;
    }

    public ScriptedUpstream withLastModified(String value) {
        entity = entity.withLastModified(value);
        return this;
    }

    /** How ranges of the entity are treated; honoured unless told otherwise. */
    public ScriptedUpstream withRanges(Entity.Ranges treatment) {
        entity = entity.withRanges(treatment);
        return this;
    }

    /** One more header line in every answer, verbatim. */
    public ScriptedUpstream withLine(String verbatim) {
        return shaped(answer -> answer.line(verbatim));
    }

    public ScriptedUpstream chunked() {
        return shaped(Answer::chunked);
    }

    public ScriptedUpstream untilClose() {
        return shaped(Answer::untilClose);
    }

    /** Every write has so many bytes; 1 for a dribble. */
    public ScriptedUpstream inPiecesOf(int bytes) {
        return shaped(answer -> answer.inPiecesOf(bytes));
    }

    /** The first answer ends after so many bytes of its body, by FIN. */
    public ScriptedUpstream cuttingAfter(long bytes) {
        return spoiling(answer -> answer.cutAfter(bytes));
    }

    /** The first answer ends after so many bytes of its body, by RST. */
    public ScriptedUpstream resettingAfter(long bytes) {
        return spoiling(answer -> answer.resetAfter(bytes));
    }

    /** The first answer stops after so many bytes of its body, until {@link #release}. */
    public ScriptedUpstream stallingAfter(long bytes) {
        return spoiling(answer -> answer.pauseAfter(bytes, gate));
    }

    /** What goes wrong goes wrong with so many answers. */
    public ScriptedUpstream times(int answers) {
        spoilt = answers;
        return this;
    }

    /** What goes wrong goes wrong every time. */
    public ScriptedUpstream everyTime() {
        return times(Integer.MAX_VALUE);
    }

    /** After so many requests, never says a word on any new connection, not even in a TLS handshake. */
    public ScriptedUpstream muteAfter(int requests) {
        listenedTo = requests;
        return this;
    }

    /** Speaks TLS, as whom the identity says. */
    public ScriptedUpstream as(TlsIdentity who) {
        identity = who;
        return this;
    }

    /** Speaks HTTP/2 to clients that can: by ALPN over TLS, with prior knowledge or by an Upgrade in clear. */
    public ScriptedUpstream overHttp2() {
        http2 = true;
        return this;
    }

    /** Listens on that address instead of 127.0.0.1. */
    public ScriptedUpstream on(InetAddress where) {
        address = where;
        return this;
    }

    /** Listens at that port instead of any. */
    public ScriptedUpstream at(int port) {
        fixedPort = port;
        return this;
    }

    private ScriptedUpstream shaped(UnaryOperator<Answer> further) {
        var before = shape;
        shape = answer -> further.apply(before.apply(answer));
        return this;
    }

    private ScriptedUpstream spoiling(UnaryOperator<Answer> how) {
        spoil = how;
        return this;
    }

    /** Lets a stalled answer go on. */
    public void release() {
        gate.open();
    }

    /** Returns once an answer has stalled. */
    public void awaitStall() {
        gate.awaitArrival();
    }

    /** {@code http://127.0.0.1:PORT/}, or https. */
    public String url() {
        return url("/");
    }

    public String url(String target) {
        String scheme = identity == null ? "http" : "https";
        return scheme + "://" + authority() + target;
    }

    /** The URL with another scheme or host in it, for a name that leads here. */
    public String url(String scheme, String host, String target) {
        return scheme + "://" + host + ":" + port() + target;
    }

    public String authority() {
        String host = address.getHostAddress();
        return (host.contains(":") ? "[::1]" : host) + ":" + port();
    }

    public int port() {
        return reception().port();
    }

    /** Every request so far. */
    public List<RecordedRequest> requests() {
        return reception().requests();
    }

    /** That request, from 0, waiting for it. */
    public RecordedRequest request(int number) {
        return reception().request(number);
    }

    /** How many connections were opened. */
    public int connections() {
        return reception().connections();
    }

    public void awaitConnections(int count) {
        reception().awaitConnections(count);
    }

    /** How many bytes of bodies were handed to the system so far. */
    public long sent() {
        return reception().sent();
    }

    /** Returns once so many bytes of bodies were handed to the system. */
    public void awaitSent(long bytes) {
        reception().awaitSent(bytes);
    }

    /** Returns once the client has closed that connection, from 0. */
    public void awaitLeaving(int connection) {
        reception().wire(connection).awaitLeaving();
    }

    private synchronized Reception reception() {
        if (reception == null) {
            try {
                reception = listening();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return reception;
    }

    private Reception listening() throws IOException {
        String[] protocols = http2 ? new String[] {"h2", "http/1.1"} : new String[] {};
        return new Reception(
                address,
                fixedPort,
                (number, socket) -> Wire.accepted(number, socket, isMute() ? null : identity, protocols),
                this::hold);
    }

    private void hold(Wire wire) throws IOException, InterruptedException {
        if (isMute()) {
            ignore(wire);
        } else if (atFirstByte != null) {
            wire.startsWith(" ");
            new Pacing(atFirstByte, new Http1Outlet(wire, atFirstByte), reception()).send();
            ignore(wire);
        } else if (http2 && (wire.protocol().equals("h2") || wire.startsWith("PRI"))) {
            new Http2Conversation(reception(), this::answer, wire).hold();
        } else {
            new Http1Conversation(reception(), this::answer, wire, http2).hold();
        }
    }

    private boolean isMute() {
        return listenedTo == 0 || reception().requests().size() >= listenedTo;
    }

    private static void ignore(Wire wire) throws IOException {
        try {
            while (wire.in().read() >= 0) {}
        } finally {
            wire.left();
        }
    }

    private Answer answer(RecordedRequest request) {
        if (function != null) {
            return shape.apply(function.apply(request));
        }
        var answer = shape.apply(entity.answer(request));
        return request.number() < spoilt ? spoil.apply(answer) : answer;
    }

    @Override
    public void close() throws IOException {
        if (reception != null) {
            reception.close();
        }
    }
}

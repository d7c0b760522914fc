package dev.relay.report;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.http.Url;
import dev.relay.io.Ledger;
import dev.relay.io.Surroundings;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Telling;
import dev.relay.support.Capture;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run that is over, what its ledger holds, and what was told of it. */
final class Told {
    static final Outcome DELIVERED = new Outcome.Delivered();
    static final String URL = "http://user:hunter2@upstream.example:8080/a/b?c=d";

    final Capture stdout = new Capture();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final Path directory;
    private final List<Field> fields = new ArrayList<>();
    private Set<Integer> terminals = Set.of();
    private WritableByteChannel channel = stdout;
    private int status = 200;
    private long now;

    Told(Path directory) {
        this.directory = directory;
    }

    static Outcome failed(ExitCode code, String where, String why) {
        return new Outcome.Failed(Fault.of(code, where, why), null);
    }

    static Telling telling(@Nullable String writeOut, @Nullable Path report) {
        return new Telling(false, true, false, false, Telling.Progress.NONE, writeOut, report);
    }

    Told onTerminals(Integer... descriptors) {
        terminals = Set.of(descriptors);
        return this;
    }

    Told writingTo(WritableByteChannel other) {
        channel = other;
        return this;
    }

    Told answered(int code, String... nameAndValue) {
        status = code;
        for (int i = 0; i < nameAndValue.length; i += 2) {
            fields.add(new Field(nameAndValue[i], nameAndValue[i + 1]));
        }
        return this;
    }

    Surroundings surroundings() {
        return new Surroundings(
                Map.of(),
                directory,
                InputStream.nullInputStream(),
                channel,
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                terminals,
                () -> now,
                InstantSource.system());
    }

    /** A ledger in which each step took a millisecond, the body five bytes and the whole ten milliseconds. */
    Ledger ledger() {
        var ledger = new Ledger(() -> now, new Witness() {});
        var url = url(URL);
        ledger.asks("GET", url);
        step(1);
        ledger.resolved("upstream.example", List.of(address()));
        step(2);
        ledger.connected(url, address(), url.port());
        step(3);
        ledger.requested("GET", url, "HTTP/1.1", new Headers(List.of()));
        step(4);
        ledger.answered(new Head("HTTP/1.1", status, new Headers(fields)));
        ledger.received(5);
        step(10);
        return ledger;
    }

    /** A ledger of a run that never reached the server. */
    Ledger emptyLedger() {
        var ledger = new Ledger(() -> now, new Witness() {});
        ledger.asks("GET", url(URL));
        step(10);
        return ledger;
    }

    private void step(long millis) {
        now = millis * 1_000_000;
    }

    Outcome finish(Outcome outcome, Telling telling) {
        return new Reporter(telling, surroundings()).finish(outcome, ledger());
    }

    String stdout() {
        return new String(stdout.bytes(), StandardCharsets.UTF_8);
    }

    String stderr() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    static Url url(String text) {
        try {
            return Url.parse(text);
        } catch (FaultException e) {
            throw new AssertionError(text, e);
        }
    }

    static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}

package dev.relay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.support.TlsIdentity;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines carry bytes both ways at once, and every wait on them can be ended. */
class LineTest {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);
    private static final int MUCH = 32 * 1024 * 1024;

    private record Pair(Line here, Line there) {}

    private final List<Line> open = new ArrayList<>();

    /** Two ends of one connection, in clear or over TLS. */
    private Pair pair(boolean tls) throws Exception {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Line here = SocketLine.connect(server.getLocalAddress(), LIMIT);
            Line there = SocketLine.accepted(server.accept());
            return kept(tls ? secured(here, there) : new Pair(here, there));
        }
    }

    private Pair kept(Pair pair) {
        open.add(pair.here());
        open.add(pair.there());
        return pair;
    }

    private static Pair secured(Line here, Line there) throws Exception {
        SSLEngine server = TlsIdentity.ofLocalhost().context().createSSLEngine();
        server.setUseClientMode(false);
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        SSLEngine client = context.createSSLEngine("localhost", 443);
        client.setUseClientMode(true);
        var accepted = inBackground(() -> TlsLine.over(there, server, LIMIT));
        return new Pair(TlsLine.over(here, client, LIMIT), (Line) accepted.get(20, TimeUnit.SECONDS));
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private interface Task {
        Object run() throws Exception;
    }

    private static CompletableFuture<Object> inBackground(Task task) {
        var future = new CompletableFuture<Object>();
        Thread.ofVirtual().start(() -> {
            try {
                future.complete(task.run());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    @AfterEach
    void close() {
        open.forEach(Line::close);
    }

    private static long send(Line line, long seed) throws IOException {
        var random = new Random(seed);
        var sum = new CRC32C();
        byte[] bytes = new byte[100_000];
        for (int sent = 0; sent < MUCH; ) {
            random.nextBytes(bytes);
            int size = Math.min(1 + random.nextInt(bytes.length), MUCH - sent);
            sum.update(bytes, 0, size);
            line.write(LIMIT, ByteBuffer.wrap(bytes, 0, size / 2), ByteBuffer.wrap(bytes, size / 2, size - size / 2));
            sent += size;
        }
        line.shutdownOutput();
        return sum.getValue();
    }

    private static long receive(Line line) throws IOException {
        var sum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(50_000);
        int received = 0;
        while (true) {
            int count = line.read(buffer.clear(), LIMIT);
            if (count < 0) {
                assertThat(received).isEqualTo(MUCH);
                return sum.getValue();
            }
            assertThat(count).isPositive();
            received += count;
            sum.update(buffer.flip());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesGoBothWaysAtOnceAndEachDirectionEndsByItself(boolean tls) throws Exception {
        var pair = pair(tls);
        var sentHere = inBackground(() -> send(pair.here(), 1));
        var sentThere = inBackground(() -> send(pair.there(), 2));
        var gotThere = inBackground(() -> receive(pair.there()));
        assertThat((Object) receive(pair.here())).isEqualTo(sentThere.get(20, TimeUnit.SECONDS));
        assertThat(gotThere.get(20, TimeUnit.SECONDS)).isEqualTo(sentHere.get(20, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWaitEndsWithItsLimitAndTheLineGoesOn(boolean tls) throws Exception {
        var pair = pair(tls);
        ByteBuffer buffer = ByteBuffer.allocate(100_000);
        assertThatThrownBy(() -> pair.here().read(buffer, 1_000_000)).isInstanceOf(SocketTimeoutException.class);
        pair.there().write(ByteBuffer.wrap(new byte[] {7}));
        assertThat(pair.here().read(buffer, LIMIT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWriteThatNobodyTakesEndsWithItsLimit(boolean tls) throws Exception {
        var pair = pair(tls);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        pair.here().write(50_000_000, ByteBuffer.allocate(1_000_000));
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        var pair = pair(false);
        var thread = new Thread[1];
        var failure = new CompletableFuture<Throwable>();
        thread[0] = Thread.ofPlatform().start(() -> {
            try {
                pair.here().read(ByteBuffer.allocate(10), Line.FOR_EVER);
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        thread[0].interrupt();
        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void aCloseEndsTheWaitOfAnotherThread() throws Exception {
        var pair = pair(false);
        var reading = inBackground(() -> pair.here().read(ByteBuffer.allocate(10), Line.FOR_EVER));
        pair.here().close();
        assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfAny(AsynchronousCloseException.class, java.nio.channels.ClosedChannelException.class);
        assertThat(pair.there().read(ByteBuffer.allocate(10), LIMIT)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAbortIsNoEnd(boolean tls) throws Exception {
        var pair = pair(tls);
        pair.here().write(ByteBuffer.wrap(new byte[100]));
        pair.here().abort();
        assertThatThrownBy(() -> {
                    while (pair.there().read(ByteBuffer.allocate(100_000), LIMIT) >= 0) {}
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void aTlsConnectionWithoutAGoodbyeHasNoEnd() throws Exception {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Line here = SocketLine.connect(server.getLocalAddress(), LIMIT);
            var pair = secured(here, SocketLine.accepted(server.accept()));
            kept(pair).here().write(ByteBuffer.wrap(new byte[10]));
            here.shutdownOutput();
            ByteBuffer buffer = ByteBuffer.allocate(100_000);
            assertThat(pair.there().read(buffer, LIMIT)).isEqualTo(10);
            assertThatThrownBy(() -> pair.there().read(buffer, LIMIT)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aConnectionThatIsRefusedSaysSo() throws Exception {
        InetSocketAddress gone;
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            gone = (InetSocketAddress) server.getLocalAddress();
        }
        assertThatThrownBy(() -> SocketLine.connect(gone, LIMIT)).isInstanceOf(java.net.ConnectException.class);
    }

    /** A peer that has vanished is found out by the system, though nobody writes. */
    @Test
    void anAcceptedConnectionIsKeptUnderWatch() throws Exception {
        try (var server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (var _ = SocketChannel.open(server.getLocalAddress());
                    var accepted = server.accept();
                    var _ = SocketLine.accepted(accepted)) {
                assertThat(accepted.getOption(StandardSocketOptions.SO_KEEPALIVE))
                        .isTrue();
            }
        }
    }
}

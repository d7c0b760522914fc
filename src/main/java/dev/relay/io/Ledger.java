package dev.relay.io;

import dev.relay.http.DigestAlgorithm;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one run, gathered as they happen, for {@code -w} and {@code --report}. Times are nanoseconds since the
 * start, of the last request where there were several; 0 for what never came to pass. Told by one thread at a time.
 */
public final class Ledger implements Witness {
    private final LongSupplier nanoTime;
    private final Witness also;
    private final long started;
    private final Course course = new Course();

    private String method = "";
    private @Nullable Url asked;
    private @Nullable Url url;
    private volatile @Nullable Head head;
    private @Nullable InetAddress remote;
    private int remotePort;
    private long lookedUpAfter;
    private long connectedAfter;
    private long securedAfter;
    private long requestedAfter;
    private long answeredAfter;
    private long redirectedAfter;
    private int redirects;
    private int connections;
    private int requests;
    private int retries;
    private int resumes;
    private int segments = 1;
    private long headBytes;
    private @Nullable String file;
    private @Nullable Map<DigestAlgorithm, String> digests;
    private @Nullable List<String> verified;

    /** @param also is told everything too */
    public Ledger(LongSupplier nanoTime, Witness also) {
        this.nanoTime = nanoTime;
        this.also = also;
        this.started = nanoTime.getAsLong();
    }

    private long sinceStart() {
        return nanoTime.getAsLong() - started;
    }

    @Override
    public synchronized void resolved(String host, List<InetAddress> addresses) {
        lookedUpAfter = sinceStart();
        course.step(Stage.CONNECTING);
        also.resolved(host, addresses);
    }

    @Override
    public synchronized void connected(Url to, InetAddress address, int port) {
        connectedAfter = sinceStart();
        remote = address;
        remotePort = port;
        connections++;
        course.step(to.isSecure() ? Stage.SECURING : Stage.ASKING);
        also.connected(to, address, port);
    }

    @Override
    public synchronized void connected(Url to, Path socket) {
        connectedAfter = sinceStart();
        connections++;
        also.connected(to, socket);
    }

    @Override
    public synchronized void tunnelRequested(String authority, Headers headers) {
        also.tunnelRequested(authority, headers);
    }

    @Override
    public synchronized void tunnelAnswered(Head answer) {
        also.tunnelAnswered(answer);
    }

    @Override
    public synchronized void detoured(String proxy, String destination) {
        // Only now the connection leads to where it was to lead.
        connectedAfter = sinceStart();
        also.detoured(proxy, destination);
    }

    @Override
    public synchronized void forwarded(String proxy) {
        also.forwarded(proxy);
    }

    @Override
    public synchronized void secured(Url to, Agreement agreement) {
        securedAfter = sinceStart();
        also.secured(to, agreement);
    }

    @Override
    public synchronized void distrusted(Url to, Agreement agreement) {
        also.distrusted(to, agreement);
    }

    @Override
    public synchronized void reused(Url to, boolean certain) {
        also.reused(to, certain);
    }

    @Override
    public synchronized void broken() {
        also.broken();
    }

    @Override
    public synchronized void requested(String requestMethod, Url to, String version, Headers headers) {
        requestedAfter = sinceStart();
        asks(requestMethod, to);
        requests++;
        course.step(Stage.ASKING);
        also.requested(requestMethod, to, version, headers);
    }

    @Override
    public synchronized void answered(Head answer) {
        answeredAfter = sinceStart();
        head = answer;
        headBytes += answer.text().length();
        course.answered();
        also.answered(answer);
    }

    @Override
    public synchronized void redirected(Url from, Url to) {
        redirectedAfter = sinceStart();
        redirects++;
        also.redirected(from, to);
    }

    @Override
    public synchronized void pausing(String then, Duration wait) {
        course.pausing(new Course.Pause(then, nanoTime.getAsLong() + wait.toNanos()));
        also.pausing(then, wait);
    }

    @Override
    public synchronized void note(String text) {
        also.note(text);
    }

    /** How far the run is, for other threads to see. */
    public Course course() {
        return course;
    }

    /** Who is told beside this: for exchanges that are no part of the account. */
    public Witness audience() {
        return also;
    }

    /** What will be asked for: told before anything is sent, a run that never gets that far can be named. */
    public void asks(String requestMethod, Url wanted) {
        method = requestMethod;
        url = wanted;
        if (asked == null) {
            asked = wanted;
        }
    }

    /** The request is sent once more, because nothing of its body had arrived. */
    public synchronized void retried() {
        retries++;
    }

    /** The rest of a body is asked for, from where it broke. */
    public synchronized void resumed() {
        resumes++;
    }

    /** The body is fetched in that many ranges. */
    public void divided(int into) {
        segments = into;
    }

    @Override
    public synchronized void sent(int bytes) {
        course.sent(bytes);
        also.sent(bytes);
    }

    /** Bytes of a body have arrived from the server. */
    public void received(int bytes) {
        course.received(bytes);
    }

    /** The body is written to that file. */
    public void writtenTo(String fileName) {
        file = fileName;
    }

    /** The digest of the body as it was delivered, in hexadecimal digits. */
    public void digested(DigestAlgorithm algorithm, String hex) {
        if (digests == null) {
            digests = new EnumMap<>(DigestAlgorithm.class);
        }
        digests.put(algorithm, hex);
    }

    /** Something that the body was held against is as it should be: {@code repr-digest sha-256}. */
    public void verified(String what) {
        if (verified == null) {
            verified = new ArrayList<>();
        }
        verified.add(what);
    }

    /** The first client has come. */
    public void visited() {
        course.visited(sinceStart());
    }

    /** Nanoseconds from the start, or from when the first client came, until now. */
    public long lasting() {
        return sinceStart() - course.begun();
    }

    /** Nanoseconds from the start until now. */
    public long elapsed() {
        return sinceStart();
    }

    public String method() {
        return method;
    }

    /** The URL that was asked for first. */
    public @Nullable Url asked() {
        return asked;
    }

    /** The URL of the last request. */
    public @Nullable Url url() {
        return url;
    }

    /** The last head that arrived. */
    public @Nullable Head head() {
        return head;
    }

    /** The address that answered. */
    public @Nullable InetAddress remote() {
        return remote;
    }

    /** The port of the address that answered; 0 before there is one. */
    public int remotePort() {
        return remotePort;
    }

    public long lookedUpAfter() {
        return lookedUpAfter;
    }

    public long connectedAfter() {
        return connectedAfter;
    }

    /** When the TLS handshake was done; 0 in clear. */
    public long securedAfter() {
        return securedAfter;
    }

    /** When the last request was about to be sent. */
    public long requestedAfter() {
        return requestedAfter;
    }

    public long answeredAfter() {
        return answeredAfter;
    }

    /** How long the redirects took, all but the last request. */
    public long redirectedAfter() {
        return redirectedAfter;
    }

    public synchronized int redirects() {
        return redirects;
    }

    /** How many connections were made. */
    public synchronized int connections() {
        return connections;
    }

    /** How often a request was sent once more before its body began. */
    public synchronized int retries() {
        return retries;
    }

    /** How often a body was continued where it broke. */
    public synchronized int resumes() {
        return resumes;
    }

    /** In how many ranges the body was asked for; 1 when it was not divided. */
    public int segments() {
        return segments;
    }

    /** How many requests were sent. */
    public int requests() {
        return requests;
    }

    /** The bytes of all heads. */
    public long headBytes() {
        return headBytes;
    }

    /** The bytes of the body as they came from the server. */
    public long bodyBytes() {
        return course.received();
    }

    /** The bytes of the request bodies. */
    public long sentBytes() {
        return course.sent();
    }

    /** The file that the body went to; null for standard output. */
    public @Nullable String file() {
        return file;
    }

    /** The digests of the body as it was delivered that were computed, in hexadecimal digits. */
    public Map<DigestAlgorithm, String> digests() {
        return digests == null ? Map.of() : digests;
    }

    /** What the body was held against and agreed with. */
    public List<String> verified() {
        return verified == null ? List.of() : verified;
    }
}

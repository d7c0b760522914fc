package dev.relay.transfer;

import dev.relay.http.EventPiece;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Knows events again that a server sends once more on another connection: by their id and by what they say, for an id is
 * a position in the stream, and several events may share one. It remembers the last {@link #KEPT} events that have an id.
 */
final class DeliveredEvents {
    static final int KEPT = 16_384;

    /** What earlier connections brought. What this one brings does not push it out: a server may repeat all it has. */
    private final Set<ByteBuffer> earlier = new LinkedHashSet<>();

    private final Set<ByteBuffer> current = new LinkedHashSet<>();
    private final MessageDigest digest;

    DeliveredEvents() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every runtime has SHA-256", e);
        }
    }

    /** What comes from now on comes on another connection. */
    void reconnected() {
        for (ByteBuffer event : current) {
            add(earlier, event);
        }
        current.clear();
    }

    /** Whether the event was delivered from an earlier connection; if not, it counts as delivered. */
    boolean isRepeat(EventPiece event) {
        if (event.id() == null || event.id().isEmpty()) {
            return false;
        }
        ByteBuffer name = name(event.bytes());
        add(current, name);
        return earlier.contains(name);
    }

    /** Adds it as the latest, in the place of the oldest. */
    private static void add(Set<ByteBuffer> events, ByteBuffer event) {
        events.remove(event);
        events.add(event);
        if (events.size() > KEPT) {
            events.remove(events.iterator().next());
        }
    }

    /** The lines that make the event; comments, reconnection times and the way lines end may differ from time to time. */
    private ByteBuffer name(ByteBuffer bytes) {
        int line = bytes.position();
        for (int at = line; at < bytes.limit(); at++) {
            if (bytes.get(at) == '\n' || bytes.get(at) == '\r') {
                if (at > line && bytes.get(line) != ':' && !isRetry(bytes, line)) {
                    digest.update(bytes.slice(line, at - line));
                    digest.update((byte) '\n');
                }
                line = at + 1;
            }
        }
        return ByteBuffer.wrap(Arrays.copyOf(digest.digest(), 16));
    }

    private static boolean isRetry(ByteBuffer bytes, int line) {
        for (int i = 0; i < "retry:".length(); i++) {
            if (bytes.get(line + i) != "retry:".charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

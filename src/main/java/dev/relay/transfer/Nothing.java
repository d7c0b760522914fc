package dev.relay.transfer;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What continues a body of which nothing was missing. */
final class Nothing implements Chunks {
    private Nothing() {}

    /** What a 416 comes to when all that there is is there: its own content is a message, and proves nothing. */
    static Reply of(Reply unsatisfied) {
        var heads = new ArrayList<>(unsatisfied.heads());
        Head head = heads.removeLast();
        Headers fields = head.headers().without("Repr-Digest").without("Content-Digest");
        heads.add(new Head(head.version(), head.status(), fields));
        return new Reply(heads, unsatisfied.url(), 0, new Nothing());
    }

    @Override
    public @Nullable ByteBuffer next() {
        return null;
    }

    @Override
    public void close() {}
}

package dev.relay.report;

import dev.relay.http.Url;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the connections of a run, and knows on which of them each thread speaks. */
final class Connections {
    private final Map<String, Named> last = new HashMap<>();
    private final Map<Long, Named> own = new HashMap<>();
    /** The ids of the thread that spoke last, and of the first that did; 0 at the beginning. */
    private long speaking;

    private long first;
    private int count;

    /** A connection: {@code host (#1)}. */
    record Named(String host, String origin, int number) {
        @Override
        public String toString() {
            return host + " (#" + number + ")";
        }
    }

    /** One more, on which this thread speaks from now on. */
    Named opened(Url url) {
        var named = new Named(url.bareHost(), url.origin(), ++count);
        last.put(named.origin(), named);
        first = first == 0 ? here() : first;
        return speaks(named);
    }

    /** That of this thread, or else the last to that server; null when none is known. */
    @Nullable
    Named reused(Url url) {
        Named mine = own.get(here());
        Named named = mine != null && mine.origin().equals(url.origin()) ? mine : last.get(url.origin());
        return named == null ? null : speaks(named);
    }

    /** That of this thread; one that has opened none reads on from that of the first. Null when none is known. */
    @Nullable
    Named current() {
        Named mine = own.get(here());
        return mine == null ? own.get(first) : mine;
    }

    /** That of this thread when it was another one that spoke last; else null. */
    @Nullable
    Named changed() {
        long before = speaking;
        speaking = here();
        return before == 0 || before == speaking ? null : current();
    }

    private Named speaks(Named named) {
        speaking = here();
        own.put(speaking, named);
        return named;
    }

    private static long here() {
        return Thread.currentThread().threadId();
    }
}

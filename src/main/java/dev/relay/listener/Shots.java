package dev.relay.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the shots: a shot is spent when one client has received a whole representation, by one response or by parts that
 * cover it. While a client is being served, no other is. Knows nothing of connections and clocks; asked by one thread at
 * a time.
 */
final class Shots {
    /** How long a client that has received a part in order is expected to ask for the next. */
    static final long HELD = TimeUnit.SECONDS.toNanos(3);
    /** How many clients are remembered, and how many broken parts of each. */
    private static final int REMEMBERED = 64;

    /** What a client has of one state of the resource. */
    private static final class Account {
        private Coverage coverage = new Coverage();
        private String state = "";
        private long total = -1;
        /** The parts that broke, as far as they were sent. */
        private final List<Portion> broken = new ArrayList<>();

        void turnTo(Portion portion) {
            if (!state.equals(portion.state()) || total != portion.total()) {
                coverage = new Coverage();
                broken.clear();
                state = portion.state();
                total = portion.total();
            }
        }

        /**
         * Whether it has all that there is if it has, of every part that broke, what was sent before the beginning of another
         * that it asked for. Download managers close a connection in the middle when another has the rest.
         */
        boolean isPresumedWhole() {
            if (broken.isEmpty() || total < 0) {
                return false;
            }
            Coverage presumed = coverage.copy();
            for (Portion part : broken) {
                long known = coverage.lastStart(part.end());
                for (Portion other : broken) {
                    known = other.first() <= part.end() ? Math.max(known, other.first()) : known;
                }
                presumed.add(part.first(), known);
            }
            return presumed.isAll(total);
        }
    }

    private final Map<Object, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);
    private int left;
    private @Nullable Object holder;
    private int active;
    private long heldUntil;
    private @Nullable Object last;
    private long lastEnd;

    /** @param count how many there are, at least 1 */
    Shots(int count) {
        this.left = count;
    }

    /** Whether all are spent. */
    boolean areSpent() {
        return left == 0;
    }

    int left() {
        return left;
    }

    /** How many responses are under way. */
    int active() {
        return active;
    }

    /**
     * Lets a client begin a response, if no other is being served and a shot is left. What begins must {@link #end}.
     *
     * @param client two that are equal are one
     * @param now a clock in nanoseconds that never goes back
     */
    boolean begin(Object client, long now) {
        if (left == 0) {
            return false;
        }
        boolean free = holder == null || (active == 0 && now - heldUntil >= 0);
        if (!free && !client.equals(holder)) {
            return false;
        }
        holder = client;
        active++;
        return true;
    }

    /** A response of that client is over. */
    void end(Object client, long now, boolean inOrder) {
        active--;
        last = client;
        lastEnd = now;
        if (active == 0 && client.equals(holder)) {
            boolean expected = left > 0 && (inOrder || isPresumedWhole(client));
            heldUntil = now + HELD;
            holder = expected ? holder : null;
        }
    }

    private boolean isPresumedWhole(@Nullable Object client) {
        Account account = client == null ? null : accounts.get(client);
        return account != null && account.isPresumedWhole();
    }

    /**
     * How long until {@link #settle} may spend a shot, when nobody asks for anything; {@link Long#MAX_VALUE} when it will
     * not.
     */
    long settling(long now) {
        return left == 0 || active > 0 || !isPresumedWhole(last) ? Long.MAX_VALUE : Math.max(0, lastEnd + HELD - now);
    }

    /**
     * Spends a shot when the client that was served last has everything, as far as what it asked for tells, and has not
     * asked for more for a moment, as one would that misses something. True when that was so.
     */
    boolean settle(long now) {
        if (settling(now) > 0) {
            return false;
        }
        accounts.remove(last);
        last = null;
        holder = null;
        left--;
        return true;
    }

    /**
     * A response begins with that byte. Who asks for what follows the place where an earlier one broke has what came
     * before it.
     */
    void continues(Object client, Portion portion) {
        Account account = account(client);
        account.turnTo(portion);
        for (Portion broken : account.broken) {
            if (broken.first() <= portion.first() && portion.first() <= broken.end()) {
                account.coverage.add(broken.first(), portion.first());
            }
        }
    }

    /** The client has received that; true when it has everything now, and a shot is spent. */
    boolean received(Object client, Portion portion) {
        Account account = account(client);
        account.turnTo(portion);
        account.coverage.add(portion.first(), portion.end());
        if (!portion.isWhole() && (portion.total() < 0 || !account.coverage.isAll(portion.total()))) {
            return false;
        }
        accounts.remove(client);
        if (left == 0) {
            return false;
        }
        left--;
        if (active <= 1) {
            // The next shot is anybody's.
            holder = null;
        }
        return true;
    }

    /** A response broke after so many bytes of it had been sent. */
    void broke(Object client, Portion portion, long sent) {
        Account account = account(client);
        account.turnTo(portion);
        if (account.broken.size() == REMEMBERED) {
            account.broken.removeFirst();
        }
        account.broken.add(new Portion(portion.state(), portion.first(), portion.first() + sent, portion.total()));
    }

    private Account account(Object client) {
        Account account = accounts.computeIfAbsent(client, _ -> new Account());
        if (accounts.size() > REMEMBERED) {
            accounts.remove(accounts.keySet().iterator().next());
        }
        return account;
    }
}

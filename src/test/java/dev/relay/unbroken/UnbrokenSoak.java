package dev.relay.unbroken;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Random servers that break streams, for as long as it is told: {@code make soak SECONDS=600}. It ends at the first
 * promise that is not kept, and names the seed with which {@code make soak SEED=…} does the same case again.
 *
 * <p>How much memory large downloads take is measured elsewhere, by the soak of {@code make bench}.
 */
public final class UnbrokenSoak {
    private static final int AT_ONCE = 16;
    private static final Duration TELLING = Duration.ofSeconds(10);

    private final Trial inProcess = Trial.inProcess();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger piped = new AtomicInteger();
    private final AtomicReference<Trial.@Nullable Verdict> failure = new AtomicReference<>();

    private UnbrokenSoak() {}

    /** Of the system properties {@code relay.soak.seconds} and {@code relay.soak.seed} the second goes first. */
    public static void main(String[] args) throws InterruptedException {
        String seed = System.getProperty("relay.soak.seed", "");
        String seconds = System.getProperty("relay.soak.seconds", "");
        try {
            boolean kept = seed.isEmpty()
                    ? new UnbrokenSoak().during(Duration.ofSeconds(seconds.isEmpty() ? 60 : Long.parseLong(seconds)))
                    : new UnbrokenSoak().again(Long.parseUnsignedLong(seed));
            // The servers and clients of cases that hang keep threads; the verdict is there.
            System.exit(kept ? 0 : 1);
        } catch (NumberFormatException e) {
            System.err.println("soak: SECONDS and SEED are whole numbers: " + e.getMessage());
            System.exit(2);
        }
    }

    private boolean again(long seed) {
        Case what = Case.of(seed);
        Trial.Verdict verdict = inProcess.of(what);
        System.out.println("in this process: " + verdict);
        if (what.launched()) {
            Trial.Verdict second = Trial.launched().of(what);
            System.out.println("as shipped: " + second);
            return verdict.isKept() && second.isKept();
        }
        return verdict.isKept();
    }

    private boolean during(Duration time) throws InterruptedException {
        Trial launched = Trial.launched();
        long start = new SecureRandom().nextLong();
        System.out.println("soak: for " + time.toSeconds() + " s, " + AT_ONCE + " cases at once");
        long end = System.nanoTime() + time.toNanos();
        var seeds = new SplittableRandom(start);
        var threads = new Thread[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            SplittableRandom own = seeds.split();
            threads[i] = Thread.ofPlatform().name("soak " + i).daemon().start(() -> work(own, end, launched));
        }
        tell(end);
        for (Thread thread : threads) {
            thread.join();
        }
        Trial.Verdict found = failure.get();
        System.out.println("soak: " + account() + (found == null ? ", every promise kept" : ""));
        if (found != null) {
            System.out.println("soak: a promise was not kept: " + found);
        }
        return found == null;
    }

    private void work(SplittableRandom seeds, long end, Trial launched) {
        while (failure.get() == null && System.nanoTime() < end) {
            Case what = Case.of(seeds.nextLong() >>> 1);
            judge(inProcess.of(what));
            if (what.launched()) {
                judge(launched.of(what));
                piped.incrementAndGet();
            }
        }
    }

    private void judge(Trial.Verdict verdict) {
        done.incrementAndGet();
        if (!verdict.isKept()) {
            failure.compareAndSet(null, verdict);
        }
    }

    private void tell(long end) throws InterruptedException {
        long next = System.nanoTime() + TELLING.toNanos();
        while (failure.get() == null && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
            if (System.nanoTime() >= next) {
                System.out.println("soak: " + account());
                next += TELLING.toNanos();
            }
        }
    }

    private String account() {
        return done + " cases, " + piped + " of them through the launcher and a pipe";
    }
}

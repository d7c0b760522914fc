package dev.relay.unbroken;

import dev.relay.support.Entity;
import dev.relay.support.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What holds whatever a server does: one entity, whole, once, and exit code 0; or a true prefix of it, another exit
 * code, and a line that says why. What no client can know is stated here, case by case, and nowhere else.
 */
final class Promise {
    private final Case what;
    /** The two states of the entity as the server sends them. */
    private final byte[][] sent;
    /** The same as they are to be delivered. */
    private final byte[][] meant;

    private final List<Served> log;

    Promise(Case what, byte[][] meant, byte[][] sent, List<Served> log) {
        this.what = what;
        this.meant = meant;
        this.sent = sent;
        this.log = log;
    }

    /** What is wrong with how it ended; null when the promise was kept. */
    @Nullable
    String broken(Run run) {
        if (run.exit() == 0 ? !run.errorLines().isEmpty() : run.errorLines().size() != 1) {
            return "a failure is told in one line, a success in none";
        }
        return broken(run.exit(), run.stdoutBytes());
    }

    /** The same of an exit code and what was on standard output. */
    @Nullable
    String broken(int exit, byte[] out) {
        if (exit >= 125) {
            return "no failure of relay's own";
        }
        String unguarded = unguarded();
        if (unguarded != null) {
            return unguarded;
        }
        boolean kept = exit == 0 ? isWhole(out) : isPrefix(out);
        if (!kept) {
            return (exit == 0 ? "not one whole entity: " : "not a true prefix: ") + shown(out);
        }
        return exit != 0 && mustSucceed() ? "it could have been mended" : null;
    }

    private boolean isWhole(byte[] out) {
        return Arrays.equals(out, meant[0])
                || (Arrays.equals(out, meant[1]) && begins(1))
                || isUntoldEnd(out)
                || splices().stream().anyMatch(whole -> Arrays.equals(out, whole));
    }

    private boolean isPrefix(byte[] out) {
        return isPrefix(out, meant[0])
                || (isPrefix(out, meant[1]) && begins(1))
                || splices().stream().anyMatch(whole -> isPrefix(out, whole));
    }

    /** Whether that state of the entity was served from its first byte on: it may have taken the place of the first. */
    private boolean begins(int version) {
        return log.stream()
                .anyMatch(served -> served.isWhole(version) || (served.isPart(version) && served.first() == 0));
    }

    /**
     * A body over HTTP/1.1 that ends with its connection, and a connection that is closed in order: without a strong
     * validator to ask with, the end of the one is the end of the other (RFC 9112 §8).
     */
    private boolean isUntoldEnd(byte[] out) {
        boolean untold = what.axes().framing() == Axes.Framing.CLOSE
                && what.axes().ending() == Axes.Ending.FIN
                && !what.axes().validators().isStrong();
        return untold
                && log.stream()
                        .filter(served -> served.status() == 200 && served.ending() == Axes.Ending.FIN)
                        .anyMatch(served -> Arrays.equals(
                                out, delivered(Arrays.copyOf(sent[served.version()], (int) served.length()))));
    }

    /**
     * What comes of a server that has changed the entity and calls it the same in all it says: when relay asked for
     * bytes from before the break and no byte that it got was another than before, nothing can tell.
     */
    private List<byte[]> splices() {
        var splices = new ArrayList<byte[]>();
        if (what.axes().change() != Axes.Change.SAME_VALIDATOR
                || !what.axes().validators().isStrong()) {
            return splices;
        }
        if (sent[0].length != sent[1].length && knewLength()) {
            return splices;
        }
        var starts = new TreeSet<Long>();
        log.stream().filter(served -> served.isPart(1)).forEach(served -> starts.add(served.first()));
        for (long start : starts) {
            byte[] splice = splice((int) Math.min(start, sent[0].length));
            if (lookedBack(start) && !wasContradicted(splice)) {
                splices.add(delivered(splice));
            }
        }
        return splices;
    }

    private boolean knewLength() {
        return what.tellsLength() || log.stream().anyMatch(served -> served.isPart(0));
    }

    private byte[] splice(int at) {
        byte[] splice = Arrays.copyOf(sent[0], Math.max(at, sent[1].length));
        if (sent[1].length > at) {
            System.arraycopy(sent[1], at, splice, at, sent[1].length - at);
        }
        return splice;
    }

    private boolean lookedBack(long start) {
        return log.stream().anyMatch(served -> served.asked() >= 0 && served.asked() < start);
    }

    /** Whether a part was served whole that has a byte which the splice has not. */
    private boolean wasContradicted(byte[] splice) {
        return log.stream()
                .filter(served -> served.isPart(1) && served.ending() == null)
                .anyMatch(served -> {
                    int from = (int) Math.min(served.first(), sent[1].length);
                    int to = (int) Math.min(from + served.length(), Math.min(splice.length, sent[1].length));
                    return from < to && !Arrays.equals(splice, from, to, sent[1], from, to);
                });
    }

    /** A range that is asked for in order to go on names the entity that is meant, by a strong validator. */
    private @Nullable String unguarded() {
        boolean first = true;
        for (Served served : log) {
            boolean needed = !first || what.parallel() == 1;
            if (served.range() != null && needed && !what.axes().validators().isStrong()) {
                return "a range was asked for without a strong validator: " + served;
            }
            if (served.range() != null && needed && served.ifRange() == null) {
                return "a range was asked for without If-Range: " + served;
            }
            first &= served.version() < 0;
        }
        return null;
    }

    /** Whether a server that is as good as this one in the end has to be got through to. */
    private boolean mustSucceed() {
        return what.isBearable() && what.axes().change() == Axes.Change.NONE && answersWell() && tellsItsEnd();
    }

    private boolean answersWell() {
        return !what.axes().validators().isStrong()
                || what.axes().ranges() == Entity.Ranges.HONOURED
                || what.axes().ranges() == Entity.Ranges.IGNORED;
    }

    /** Whether a body of which nothing but its end is missing can be told from one that goes on. */
    private boolean tellsItsEnd() {
        return what.tellsLength()
                || log.stream()
                        .noneMatch(served -> served.ending() != null
                                && served.version() == 0
                                && served.first() + served.length() == sent[0].length);
    }

    private byte[] delivered(byte[] bytes) {
        return what.compressed() ? Gzip.decoded(bytes) : bytes;
    }

    private static boolean isPrefix(byte[] out, byte[] whole) {
        return out.length <= whole.length && Arrays.equals(out, 0, out.length, whole, 0, out.length);
    }

    private String shown(byte[] out) {
        return out.length + " bytes; as first served up to " + Math.abs(Arrays.mismatch(out, meant[0])) + " of "
                + meant[0].length + ", as changed up to " + Math.abs(Arrays.mismatch(out, meant[1])) + " of "
                + meant[1].length;
    }
}

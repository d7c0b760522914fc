package dev.relay.unbroken;

import dev.relay.support.Entity;
import dev.relay.support.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
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
                || (isMixedUnseen(out) && out.length == sent[0].length && out.length == sent[1].length)
                || splices().stream().anyMatch(whole -> Arrays.equals(out, whole));
    }

    private boolean isPrefix(byte[] out) {
        return isPrefix(out, meant[0])
                || (isPrefix(out, meant[1]) && begins(1))
                || isMixedUnseen(out)
                || splices().stream().anyMatch(whole -> isPrefix(out, whole));
    }

    /** Whether that state of the entity was served from its first byte on: it may have taken the place of the first. */
    private boolean begins(int version) {
        return log.stream()
                .anyMatch(served -> served.isWhole(version) || (served.isPart(version) && served.asked() <= 0));
    }

    /**
     * A body over HTTP/1.1 that ends with its connection, and a connection that is closed in order: the end of the one
     * is the end of the other (RFC 9112 §8), unless there is a strong validator to ask with, and an answer that tells of
     * more.
     */
    private boolean isUntoldEnd(byte[] out) {
        return what.axes().framing() == Axes.Framing.CLOSE
                && what.axes().ending() == Axes.Ending.FIN
                && log.stream()
                        .filter(served -> served.status() == 200 && served.ending() == Axes.Ending.FIN)
                        .filter(served -> !what.axes().validators().isStrong() || wasAskedInVain(served.length()))
                        .anyMatch(served -> Arrays.equals(
                                out, delivered(Arrays.copyOf(sent[served.version()], (int) served.length()))));
    }

    private boolean wasAskedInVain(long end) {
        var answers = log.stream().filter(served -> served.asked() == end).toList();
        return end == 0 || (!answers.isEmpty() && answers.stream().noneMatch(served -> served.tellsOfMoreThan(end)));
    }

    /**
     * What comes of a server that has changed the entity and calls it the same in all it says: when relay asked for
     * bytes from before the break and no byte that it got was another than before, nothing can tell.
     */
    private List<byte[]> splices() {
        var splices = new ArrayList<byte[]>();
        if (sent[0].length != sent[1].length && knewLength()) {
            return splices;
        }
        for (long start : new TreeSet<>(
                log.stream().filter(this::isCalledTheSame).map(Served::asked).toList())) {
            byte[] splice = splice((int) Math.min(start, sent[0].length));
            if (lookedBack(start) && !wasContradicted(splice)) {
                splices.add(delivered(splice));
            }
        }
        return splices;
    }

    /** Whether it is a part of the changed entity under a strong validator of the first. */
    private boolean isCalledTheSame(Served part) {
        return part.isPart(1)
                && log.stream()
                        .filter(served -> served.version() == 0)
                        .anyMatch(served -> served.named().stream().anyMatch(part.named()::contains));
    }

    /**
     * Parts that are fetched at once, under one strong validator that does not change: none of them is behind a break,
     * so that there is nothing to look back at. Each byte is of one of the two states.
     */
    private boolean isMixedUnseen(byte[] out) {
        if (what.parallel() == 1
                || what.compressed()
                || out.length > Math.min(sent[0].length, sent[1].length)
                || log.stream().noneMatch(this::isCalledTheSame)) {
            return false;
        }
        for (int i = 0; i < out.length; i++) {
            if (out[i] != sent[0][i] && out[i] != sent[1][i]) {
                return false;
            }
        }
        return true;
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
        return log.stream().anyMatch(served -> served.looksBackFrom(start));
    }

    /** Over HTTP/2, an answer is lost with the connection when the answer before or after it is cut. */
    private boolean mayBeLost(Served served) {
        if (what.axes().framing() != Axes.Framing.HTTP2) {
            return false;
        }
        int at = log.indexOf(served);
        return (at > 0 && log.get(at - 1).ending() != null)
                || (at + 1 < log.size() && log.get(at + 1).ending() != null);
    }

    /** Whether a part was served whole that has a byte which the splice has not. */
    private boolean wasContradicted(byte[] splice) {
        return log.stream()
                .filter(served -> served.isPart(1) && served.ending() == null && !mayBeLost(served))
                .anyMatch(served -> {
                    int from = (int) Math.min(Math.max(0, served.asked()), sent[1].length);
                    int to = (int) Math.min(from + served.length(), Math.min(splice.length, sent[1].length));
                    return from < to && !Arrays.equals(splice, from, to, sent[1], from, to);
                });
    }

    /** A range that is asked for in order to go on names what is meant, by a strong validator that the server named. */
    private @Nullable String unguarded() {
        var named = new HashSet<String>();
        for (Served served : log) {
            // What is asked for in parts from the start has nothing to go on with yet.
            boolean bare = what.parallel() > 1 && served.ifRange() == null && served.asked() == 0;
            if (served.range() != null && !bare) {
                if (served.ifRange() == null) {
                    return "a range was asked for without If-Range: " + served;
                }
                if (!named.contains(served.ifRange())) {
                    return "a range was asked for without a strong validator: " + served;
                }
            }
            named.addAll(served.named());
        }
        return null;
    }

    /** Whether a server that is as good as this one in the end has to be got through to. */
    private boolean mustSucceed() {
        return what.isBearable()
                && what.axes().change() == Axes.Change.NONE
                && answersWell()
                && tellsItsEnd()
                && showsItsBreak();
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
                                && Math.max(0, served.asked()) + served.length() == sent[0].length);
    }

    private boolean showsItsBreak() {
        return what.axes().framing() != Axes.Framing.CLOSE || what.axes().ending() != Axes.Ending.FIN;
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

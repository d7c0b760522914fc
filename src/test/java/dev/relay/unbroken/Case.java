package dev.relay.unbroken;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One misbehaving server and one way to ask it, all of it known by a number: the number's remainder names the axes,
 * and the rest is drawn from it.
 *
 * @param length of the entity that is served first
 * @param steps what the requests run into, in their order; later ones run into nothing
 * @param blind whether ranges are honoured whatever If-Range says
 * @param moody whether ranges work only sometimes
 * @param told whether a head over HTTP/2 says how long the body is
 * @param variant chooses among ways to do the same: how HTTP/2 is cut, how a part is too short
 * @param piece how many bytes the server writes at once
 * @param parallel the number of connections; 1 when nothing is said
 * @param launched whether the built launcher is run, into a pipe, besides
 */
record Case(
        long seed,
        Axes axes,
        int length,
        List<Step> steps,
        Alteration alteration,
        boolean blind,
        boolean moody,
        boolean told,
        int variant,
        int piece,
        int parallel,
        boolean compressed,
        boolean launched) {

    /** As many failing tries as a transfer has to survive. */
    private static final int BEARABLE = 3;

    /** More than that, for a machine that is so busy that it seems to stall by itself. */
    private static final int PATIENT = 9;

    static Case of(long seed) {
        var axes = Axes.of((int) Long.remainderUnsigned(seed, Axes.COUNT));
        var random = new SplittableRandom(seed);
        int length = length(random);
        return new Case(
                seed,
                axes,
                length,
                steps(random),
                Alteration.draw(random, axes.change(), length),
                random.nextInt(3) == 0,
                random.nextInt(6) == 0,
                random.nextInt(3) != 0,
                random.nextInt(6),
                1 + random.nextInt(20_000),
                random.nextInt(8) == 0 ? 2 + random.nextInt(3) : 1,
                random.nextInt(8) == 0,
                random.nextInt(40) == 0);
    }

    private static int length(SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2, 3, 4 -> 2 + random.nextInt(3000);
            case 5, 6 -> 3000 + random.nextInt(60_000);
            default -> 280_000 + random.nextInt(40_000);
        };
    }

    private static List<Step> steps(SplittableRandom random) {
        int breaks = switch (random.nextInt(10)) {
            case 0, 1, 2, 3, 4 -> 1;
            case 5, 6 -> 2;
            case 7, 8 -> 3;
            default -> 8;
        };
        var steps = new ArrayList<Step>();
        for (int i = 0; i < breaks; i++) {
            if (random.nextInt(5) == 0) {
                steps.add(any(Step.Fails.values(), random));
            }
            steps.add(new Step.Breaks(point(random)));
        }
        if (random.nextInt(4) == 0) {
            steps.add(any(Step.Fails.values(), random));
        }
        return List.copyOf(steps);
    }

    private static <T> T any(T[] values, SplittableRandom random) {
        return values[random.nextInt(values.length)];
    }

    private static Step.Point point(SplittableRandom random) {
        return random.nextInt(3) == 0 ? Step.Point.MIDDLE : any(Step.Point.values(), random);
    }

    /** What is typed before the URL. */
    List<String> arguments() {
        var words = new ArrayList<>(List.of("get", "-k", "--retry", Integer.toString(retries())));
        words.addAll(List.of("--retry-delay", "10ms", "--idle-timeout", "500ms"));
        if (parallel > 1) {
            words.addAll(List.of("--parallel", Integer.toString(parallel), "--segment-size", "64K"));
        }
        if (compressed) {
            words.add("--compressed");
        }
        return words;
    }

    /** Where more goes wrong than has to be survived, also fewer tries than that takes. */
    private int retries() {
        return isBearable() || variant % 2 == 0 ? PATIENT : BEARABLE;
    }

    /** Whether so few tries fail that relay has to come through where it can. */
    boolean isBearable() {
        return steps.size() <= BEARABLE;
    }

    /** Whether the head of a whole body says its length. */
    boolean tellsLength() {
        return axes.framing() == Axes.Framing.LENGTH || (axes.framing() == Axes.Framing.HTTP2 && told);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + axes + ", " + length + " bytes, " + steps
                + (axes.change() == Axes.Change.NONE ? "" : ", " + alteration) + (blind ? ", blind to If-Range" : "")
                + (moody ? ", ranges sometimes" : "") + (told ? "" : ", HTTP/2 without a length") + ", variant "
                + variant + ", pieces of " + piece + (parallel > 1 ? ", parallel " + parallel : "")
                + (compressed ? ", compressed" : "") + (launched ? ", launched" : "");
    }
}

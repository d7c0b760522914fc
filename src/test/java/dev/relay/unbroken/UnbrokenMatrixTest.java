package dev.relay.unbroken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every combination of how a stream breaks, how it is framed, what names the entity, what becomes of ranges and what
 * has changed meanwhile: the output is the entity, whole and once, or a true prefix and an exit that says so.
 */
class UnbrokenMatrixTest {
    /** Most of a case is waiting, so that more of them than there are processors run at once. */
    private static final int AT_ONCE = 12;

    private static final int SHOWN = 20;

    /** Another number draws other circumstances for every combination. */
    private static final long SEED = 9110;

    private final Trial trial = Trial.inProcess();

    static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (int number = 0; number < Axes.COUNT; number++) {
            cases.add(Case.of(SEED * Axes.COUNT + number));
        }
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> noByteIsLostDoubledOrSpliced() {
        List<Case> cases = cases();
        return Stream.of(Axes.Framing.values())
                .flatMap(framing -> Stream.of(Axes.Ending.values())
                        .map(ending -> DynamicTest.dynamicTest(
                                framing + " ended by " + ending,
                                () -> hold(cases.stream()
                                        .filter(one -> one.axes().framing() == framing
                                                && one.axes().ending() == ending)
                                        .toList()))));
    }

    private void hold(List<Case> cases) throws Exception {
        var broken = new ArrayList<Trial.Verdict>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Trial.Verdict>> tasks = new ArrayList<>();
            cases.forEach(one -> tasks.add(() -> trial.of(one)));
            for (Future<Trial.Verdict> future : pool.invokeAll(tasks)) {
                Trial.Verdict verdict = future.get();
                if (!verdict.isKept()) {
                    broken.add(verdict);
                }
            }
        }
        assertThat(broken.stream().limit(SHOWN))
                .as(broken.size() + " promises of " + cases.size() + " were not kept")
                .isEmpty();
    }

    @Test
    void everyCombinationIsThereOnce() {
        assertThat(cases().stream().map(Case::axes).distinct().count())
                .isEqualTo(Axes.COUNT)
                .isEqualTo(4 * 4 * 4 * 7 * 3);
    }
}

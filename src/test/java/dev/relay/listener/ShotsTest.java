package dev.relay.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What spends a shot, and whose turn it is. */
class ShotsTest {
    private static final String STATE = "\"v1\"";

    private static Portion part(long first, long end) {
        return new Portion(STATE, first, end, 100);
    }

    private static boolean hands(Shots shots, String client, Portion portion) {
        assertThat(shots.begin(client, 0)).isTrue();
        shots.continues(client, portion);
        boolean spent = shots.received(client, portion);
        shots.end(client, 0, true);
        return spent;
    }

    private static void breaks(Shots shots, String client, Portion portion, long sent) {
        assertThat(shots.begin(client, 0)).isTrue();
        shots.continues(client, portion);
        shots.broke(client, portion, sent);
        shots.end(client, 0, false);
    }

    @ParameterizedTest
    @CsvSource({
        "'0-100', true",
        "'0-99', false",
        "'1-100', false",
        "'0-50 50-100', true",
        "'50-100 0-50', true",
        "'0-60 40-100', true",
        "'0-50 51-100', false",
        "'0-25 75-100 25-50 50-75', true",
        "'0-50 0-50', false",
        "'99-100 0-99', true"
    })
    void rangesThatCoverTheWholeSpendAShotWithTheLastOfThem(String ranges, boolean spent) {
        var shots = new Shots(1);
        List<Boolean> each = Arrays.stream(ranges.split(" ", -1))
                .map(range -> range.split("-", -1))
                .map(ends -> hands(shots, "a", part(Long.parseLong(ends[0]), Long.parseLong(ends[1]))))
                .toList();

        assertThat(each.getLast()).isEqualTo(spent);
        assertThat(each.subList(0, each.size() - 1)).doesNotContain(true);
        assertThat(shots.areSpent()).isEqualTo(spent);
    }

    @Test
    void aWholeWhoseLengthIsNotKnownSpendsOne() {
        var shots = new Shots(1);

        assertThat(hands(shots, "a", new Portion("", 0, -1, -1))).isTrue();
    }

    @Test
    void theRangesOfTwoClientsCoverNothingTogether() {
        var shots = new Shots(1);

        assertThat(hands(shots, "a", part(0, 50))).isFalse();
        assertThat(shots.begin("b", Shots.HELD)).isTrue();
        assertThat(shots.received("b", part(50, 100))).isFalse();
    }

    @Test
    void rangesOfTwoStatesCoverNothingTogether() {
        var shots = new Shots(1);

        assertThat(hands(shots, "a", part(0, 50))).isFalse();
        assertThat(hands(shots, "a", new Portion("\"v2\"", 50, 100, 100))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"40, 40, true", "40, 30, true", "40, 41, false", "0, 1, false"})
    void whoGoesOnWhereADownloadBrokeHasWhatCameBefore(long sent, long from, boolean spent) {
        var shots = new Shots(1);
        breaks(shots, "a", part(0, 100), sent);

        assertThat(hands(shots, "a", part(from, 100))).isEqualTo(spent);
    }

    @Test
    void whatBrokeSpendsNothing() {
        var shots = new Shots(1);
        breaks(shots, "a", part(0, 100), 100);

        assertThat(shots.areSpent()).isFalse();
    }

    @Test
    void othersWaitWhileOneIsServedAndItsOwnConnectionsDoNot() {
        var shots = new Shots(1);

        assertThat(shots.begin("a", 0)).isTrue();
        assertThat(shots.begin("b", 0)).isFalse();
        assertThat(shots.begin("a", 0)).isTrue();
    }

    @Test
    void aClientThatWentAwayFreesTheShotAtOnce() {
        var shots = new Shots(1);
        breaks(shots, "a", part(0, 100), 10);

        assertThat(shots.begin("b", 0)).isTrue();
    }

    @Test
    void aClientThatReceivedAPartIsExpectedToAskForMoreForAMoment() {
        var shots = new Shots(1);
        hands(shots, "a", part(0, 50));

        assertThat(shots.begin("b", Shots.HELD - 1)).isFalse();
        assertThat(shots.begin("b", Shots.HELD)).isTrue();
    }

    @Test
    void severalShotsGoToOneClientAfterTheOther() {
        var shots = new Shots(2);

        assertThat(hands(shots, "a", part(0, 100))).isTrue();
        assertThat(shots.areSpent()).isFalse();
        assertThat(shots.begin("b", 0)).isTrue();
        assertThat(shots.received("b", part(0, 100))).isTrue();
        assertThat(shots.areSpent()).isTrue();
    }

    @Test
    void aDownloadManagerThatClosesAConnectionWhereAnotherHasTheRestHasTheWholeAfterAMoment() {
        var shots = new Shots(1);
        assertThat(shots.begin("a", 0)).isTrue();
        shots.continues("a", part(0, 100));
        assertThat(hands(shots, "a", part(50, 100))).isFalse();
        shots.broke("a", part(0, 100), 60);
        shots.end("a", 0, false);

        assertThat(shots.settling(0)).isEqualTo(Shots.HELD);
        assertThat(shots.settle(Shots.HELD - 1)).isFalse();
        assertThat(shots.settle(Shots.HELD)).isTrue();
        assertThat(shots.areSpent()).isTrue();
    }

    @Test
    void nothingIsPresumedOfWhatWasNotSent() {
        var shots = new Shots(1);
        hands(shots, "a", part(50, 100));
        breaks(shots, "a", part(0, 100), 49);
        breaks(shots, "b", part(0, 100), 100);

        assertThat(shots.settling(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(shots.settle(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void nobodyIsServedWhenAllAreSpent() {
        var shots = new Shots(1);
        hands(shots, "a", part(0, 100));

        assertThat(shots.begin("a", 0)).isFalse();
    }
}

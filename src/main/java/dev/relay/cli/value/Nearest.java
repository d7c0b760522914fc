package dev.relay.cli.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The candidate with the fewest letters to change, when they are few; null when none is near. */
    public static @Nullable String of(String word, List<String> candidates) {
        String nearest = null;
        int fewest = Math.max(1, word.length() / 3) + 1;
        for (String candidate : candidates) {
            boolean isLonger = candidate.startsWith(word) && word.length() > 3;
            boolean isShorter = word.startsWith(candidate) && candidate.length() > 5;
            int changes = isLonger || isShorter ? 1 : distance(word, candidate);
            if (changes < fewest) {
                fewest = changes;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** How many letters must be added, removed, replaced or swapped with their neighbour. */
    static int distance(String from, String to) {
        int[][] changes = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                changes[i][j] = i == 0 || j == 0 ? i + j : least(changes, from, to, i, j);
            }
        }
        return changes[from.length()][to.length()];
    }

    private static int least(int[][] changes, String from, String to, int i, int j) {
        boolean isSame = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(changes[i - 1][j] + 1, changes[i][j - 1] + 1);
        least = Math.min(least, changes[i - 1][j - 1] + (isSame ? 0 : 1));
        boolean isSwapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwapped ? Math.min(least, changes[i - 2][j - 2] + 1) : least;
    }
}

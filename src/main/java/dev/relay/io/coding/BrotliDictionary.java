package dev.relay.io.coding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;

/** The words that every brotli decoder knows, and how they are changed (RFC 7932 §8, appendices A and B). */
final class BrotliDictionary {
    /** The most bytes that a word has when it has been changed. */
    static final int MOST_BYTES = 48;

    private static final int SHORTEST = 4;
    private static final int LONGEST = 24;
    /** For each length from the shortest, how many bits count its words. */
    private static final int[] COUNT_BITS = {10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5};
    /**
     * What goes before a word, what is done to it, and what goes after it: the first (u) or every letter (U) becomes a
     * capital, or so many bytes at its start (+) or end (-) are left out.
     */
    private static final String[] CHANGES = {
        "||",
        "|| ",
        " || ",
        "|+1|",
        "|u| ",
        "|| the ",
        " ||",
        "s || ",
        "|| of ",
        "|u|",
        "|| and ",
        "|+2|",
        "|-1|",
        ", || ",
        "||, ",
        " |u| ",
        "|| in ",
        "|| to ",
        "e || ",
        "||\"",
        "||.",
        "||\">",
        "||\n",
        "|-3|",
        "||]",
        "|| for ",
        "|+3|",
        "|-2|",
        "|| a ",
        "|| that ",
        " |u|",
        "||. ",
        ".||",
        " ||, ",
        "|+4|",
        "|| with ",
        "||'",
        "|| from ",
        "|| by ",
        "|+5|",
        "|+6|",
        " the ||",
        "|-4|",
        "||. The ",
        "|U|",
        "|| on ",
        "|| as ",
        "|| is ",
        "|-7|",
        "|-1|ing ",
        "||\n\t",
        "||:",
        " ||. ",
        "||ed ",
        "|+9|",
        "|+7|",
        "|-6|",
        "||(",
        "|u|, ",
        "|-8|",
        "|| at ",
        "||ly ",
        " the || of ",
        "|-5|",
        "|-9|",
        " |u|, ",
        "|u|\"",
        ".||(",
        "|U| ",
        "|u|\">",
        "||=\"",
        " ||.",
        ".com/||",
        " the || of the ",
        "|u|'",
        "||. This ",
        "||,",
        ".|| ",
        "|u|(",
        "|u|.",
        "|| not ",
        " ||=\"",
        "||er ",
        " |U| ",
        "||al ",
        " |U|",
        "||='",
        "|U|\"",
        "|u|. ",
        " ||(",
        "||ful ",
        " |u|. ",
        "||ive ",
        "||less ",
        "|U|'",
        "||est ",
        " |u|.",
        "|U|\">",
        " ||='",
        "|u|,",
        "||ize ",
        "|U|.",
        "\u00a0||",
        " ||,",
        "|u|=\"",
        "|U|=\"",
        "||ous ",
        "|U|, ",
        "|u|='",
        " |u|,",
        " |U|=\"",
        " |U|, ",
        "|U|,",
        "|U|(",
        "|U|. ",
        " |U|.",
        "|U|='",
        " |U|. ",
        " |u|=\"",
        " |U|='",
        " |u|='"
    };

    private static final byte[] WORDS = words();

    private BrotliDictionary() {}

    private static byte[] words() {
        try (InputStream in = BrotliDictionary.class.getResourceAsStream("brotli-dictionary")) {
            return Objects.requireNonNull(in, "brotli-dictionary").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A word, changed.
     *
     * @param number counts the words of that length, once for each change
     */
    static byte[] word(int length, int number) throws BrokenCodingException {
        int count = length < SHORTEST || length > LONGEST ? 0 : 1 << COUNT_BITS[length - SHORTEST];
        if (count == 0 || number / count >= CHANGES.length) {
            throw new BrokenCodingException("a distance leads out of the window");
        }
        int from = number % count * length;
        for (int shorter = SHORTEST; shorter < length; shorter++) {
            from += shorter << COUNT_BITS[shorter - SHORTEST];
        }
        return changed(Arrays.copyOfRange(WORDS, from, from + length), CHANGES[number / count]);
    }

    private static byte[] changed(byte[] word, String change) {
        int first = change.indexOf('|');
        int second = change.indexOf('|', first + 1);
        byte[] before = change.substring(0, first).getBytes(UTF_8);
        byte[] between = transformed(word, change.substring(first + 1, second));
        byte[] after = change.substring(second + 1).getBytes(UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + between.length + after.length);
        System.arraycopy(between, 0, all, before.length, between.length);
        System.arraycopy(after, 0, all, before.length + between.length, after.length);
        return all;
    }

    private static byte[] transformed(byte[] word, String how) {
        if (how.isEmpty()) {
            return word;
        }
        switch (how.charAt(0)) {
            case 'u' -> capitalize(word, 0);
            case 'U' -> {
                for (int i = 0; i < word.length; ) {
                    i = capitalize(word, i);
                }
            }
            default -> {
                int left = Math.max(0, word.length - (how.charAt(1) - '0'));
                return how.charAt(0) == '-'
                        ? Arrays.copyOf(word, left)
                        : Arrays.copyOfRange(word, word.length - left, word.length);
            }
        }
        return word;
    }

    /** Roughly what makes a capital of a letter in UTF-8. Returns where the next letter is. */
    private static int capitalize(byte[] word, int at) {
        int value = word[at] & 0xff;
        if (value < 0xc0) {
            word[at] ^= (byte) (value >= 'a' && value <= 'z' ? 0x20 : 0);
            return at + 1;
        }
        int length = value < 0xe0 ? 2 : 3;
        if (at + length <= word.length) {
            word[at + length - 1] ^= (byte) (length == 2 ? 0x20 : 5);
        }
        return at + length;
    }
}

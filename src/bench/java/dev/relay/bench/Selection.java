package dev.relay.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param sections the parts, each by its name
 * @param size the bytes of a bulk download
 * @param runs how often each of them runs
 * @param soak how many downloads the soak makes
 * @param variants options of the Java runtime, each measured as a further relay
 */
record Selection(Set<Section> sections, long size, int runs, int soak, List<String> variants) {
    static final String USAGE = """
            usage: bench [startup] [bulk] [memory] [latency] [crowd] [checksum]
                         [parallel] [upload] [serve] [duplex] [soak]
                         [--size 2G] [--runs N] [--soak N] [--with 'JAVA OPTIONS']…
            Without a section: all but the soak.""";

    /** A part of the bench. */
    enum Section {
        STARTUP,
        BULK,
        MEMORY,
        LATENCY,
        CROWD,
        CHECKSUM,
        PARALLEL,
        UPLOAD,
        SERVE,
        DUPLEX,
        SOAK
    }

    Selection {
        sections = Set.copyOf(sections);
        variants = List.copyOf(variants);
    }

    /** What the arguments say; what they do not say is the whole bench. */
    static Selection of(String[] args) {
        Set<Section> sections = EnumSet.noneOf(Section.class);
        long size = 2L << 30;
        int runs = 5;
        int soak = 200;
        var variants = new ArrayList<String>();
        for (Iterator<String> words = List.of(args).iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--size" -> size = bytes(value(word, words));
                case "--runs" -> runs = Integer.parseInt(value(word, words));
                case "--soak" -> {
                    soak = Integer.parseInt(value(word, words));
                    sections.add(Section.SOAK);
                }
                case "--with" -> variants.add(value(word, words));
                default -> sections.add(Section.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        if (sections.isEmpty()) {
            sections = EnumSet.complementOf(EnumSet.of(Section.SOAK));
        }
        return new Selection(sections, size, runs, soak, variants);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " without a value");
        }
        return words.next();
    }

    private static long bytes(String text) {
        int last = text.length() - 1;
        long number = Long.parseLong(Character.isDigit(text.charAt(last)) ? text : text.substring(0, last));
        return switch (text.charAt(last)) {
            case 'K' -> number << 10;
            case 'M' -> number << 20;
            case 'G' -> number << 30;
            default -> number;
        };
    }
}

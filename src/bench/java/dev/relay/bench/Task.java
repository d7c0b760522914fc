package dev.relay.bench;

import java.util.List;
import java.util.function.Predicate;

/**
 * What each section of the bench works with.
 *
 * @param lab where clients run
 * @param table where results go
 * @param clients the programs, relay first
 * @param selection how much is to be measured
 */
record Task(Lab lab, Table table, List<Client> clients, Selection selection) {
    /** The clients that are of interest for a measurement. */
    List<Client> clients(Predicate<Client> wanted) {
        return clients.stream().filter(wanted).toList();
    }

    /** A size as a person would write it. */
    static String size(long bytes) {
        return bytes >= 1 << 30 && bytes % (1 << 30) == 0 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}

package dev.relay.report;

import dev.relay.io.Ledger;

/** What is left on the screen of a transfer that has lasted and is done. */
final class Summary {
    private Summary() {}

    /** {@code file: 120 MiB in 10.2 s, 11.8 MiB/s}, and how often it was continued. */
    static String of(Ledger ledger) {
        long elapsed = Math.max(1, ledger.elapsed());
        boolean up = ledger.bodyBytes() < ledger.sentBytes();
        long bytes = up ? ledger.sentBytes() : ledger.bodyBytes();
        var line = new StringBuilder();
        if (ledger.file() != null && !up) {
            line.append(ledger.file()).append(": ");
        }
        line.append(Amounts.size(bytes)).append(up ? " sent in " : " in ").append(Amounts.duration(elapsed));
        line.append(", ").append(Amounts.rate(bytes * 1e9 / elapsed));
        if (ledger.resumes() > 0) {
            line.append(", continued ").append(ledger.resumes() == 1 ? "once" : ledger.resumes() + " times");
        }
        return line.toString();
    }
}

package dev.relay.report;

import dev.relay.io.Witness;

/** The notes that a person may want to know of: all that is told of an exchange unless more is asked for. */
final class Notes implements Witness {
    private final Stderr err;
    private final boolean silent;

    Notes(Stderr err, boolean silent) {
        this.err = err;
        this.silent = silent;
    }

    @Override
    public void note(String text) {
        if (!silent) {
            err.line("relay: note: ", Redaction.ofText(text));
        }
    }
}

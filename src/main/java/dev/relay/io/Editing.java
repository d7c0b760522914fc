package dev.relay.io;

import java.io.Closeable;

/** A person who types lines at the terminal while what arrives is shown above the one that is being typed. */
public interface Editing extends Closeable {
    /**
     * The surroundings of a run that talks with that person: a read of standard input brings one line, with its line
     * break, as soon as it is typed, and the editor opens with the first; what is written to standard output or, where it
     * is a terminal, to standard error is shown above.
     */
    Surroundings around();

    /** Ends the editor, whatever it waits for, and gives the terminal back as it was. */
    @Override
    void close();
}

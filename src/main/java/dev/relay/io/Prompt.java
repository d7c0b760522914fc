package dev.relay.io;

import dev.relay.http.Secret;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal, whatever standard input and output are. */
@FunctionalInterface
public interface Prompt {
    /** For a run that nobody sits in front of. */
    Prompt NOBODY = _ -> null;

    /**
     * Asks, and reads a line that nobody sees.
     *
     * @return null when there is no terminal
     */
    @Nullable
    Secret ask(String question) throws IOException;

    /**
     * Lets the person type lines, and edit each before it is sent.
     *
     * @param surroundings whose standard input and output are the terminal
     * @param interrupt what Ctrl-C does: the editor takes the terminal's keys, this one included
     * @return null when that cannot be done there
     */
    default @Nullable Editing edit(Surroundings surroundings, Runnable interrupt) {
        return null;
    }
}

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
}

package dev.relay.report;

import dev.relay.http.Secret;
import dev.relay.io.Editing;
import dev.relay.io.Prompt;
import dev.relay.io.Surroundings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whoever sits at the terminal that relay was started from. */
public final class Person implements Prompt {
    @Override
    public @Nullable Secret ask(String question) throws IOException {
        return TerminalPrompt.ask(question);
    }

    @Override
    public @Nullable Editing edit(Surroundings surroundings, Runnable interrupt) {
        return LineEditor.open(surroundings, interrupt);
    }
}

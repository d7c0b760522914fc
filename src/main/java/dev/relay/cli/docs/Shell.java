package dev.relay.cli.docs;

import dev.relay.cli.model.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shells that relay can be completed in. */
public enum Shell {
    BASH("bash", "relay.bash"),
    ZSH("zsh", "_relay"),
    FISH("fish", "relay.fish");

    private final String spelling;
    private final String fileName;

    Shell(String spelling, String fileName) {
        this.spelling = spelling;
        this.fileName = fileName;
    }

    /** The shell of that name; null when there is none. */
    public static @Nullable Shell named(String name) {
        for (Shell shell : values()) {
            if (shell.spelling.equals(name)) {
                return shell;
            }
        }
        return null;
    }

    /** The file that the script is kept in. */
    public String fileName() {
        return fileName;
    }

    /** The script that completes these commands. */
    public String script(List<Command> commands) {
        return switch (this) {
            case BASH -> BashScript.of(commands);
            case ZSH -> ZshScript.of(commands);
            case FISH -> FishScript.of(commands);
        };
    }
}

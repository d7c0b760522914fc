package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.util.List;

/** Options from files. */
public final class ConfigOptions {
    public static final Option CONFIG = Option.value(
                    "FILE",
                    "Read options from FILE (- is standard input), one a line: the name, with or without dashes, then a"
                            + " blank, = or :, then the value, in double quotes where it holds blanks. A line that begins"
                            + " with # is a comment, and url names an operand. What is typed comes before what stands"
                            + " there, and that before the user's own file, $XDG_CONFIG_HOME/relay/config or"
                            + " ~/.config/relay/config. Repeatable.",
                    "-K",
                    "--config")
            .completing(Completion.FILE);
    public static final Option NO_CONFIG =
            Option.flag("Do not read the user's own file, wherever this stands.", "-q", "--no-config", "--disable");

    public static final OptionGroup GROUP = new OptionGroup("Exchange", "Configuration", List.of(CONFIG, NO_CONFIG));

    private ConfigOptions() {}
}

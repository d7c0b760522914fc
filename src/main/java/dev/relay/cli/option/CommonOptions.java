package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.util.List;

/** The options that every command has. */
public final class CommonOptions {
    public static final Option HELP =
            Option.flag("Print this help and exit; --help all prints all there is to say.", "-h", "--help");
    public static final Option VERSION =
            Option.flag("Print the version of relay, of its JDK and of its HTTP client, and exit.", "-V", "--version");

    public static final OptionGroup GROUP = new OptionGroup("Help", List.of(HELP, VERSION));

    private CommonOptions() {}
}

package dev.relay.cli;

import dev.relay.cli.docs.HelpPage;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.CommonOptions;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Version;
import java.util.List;

/** The way into this room: from the arguments to what they ask for. */
public final class Arguments {
    private Arguments() {}

    /**
     * Reads a command line; {@code relay URL} is {@code relay get URL}.
     *
     * @throws FaultException for the first thing that is wrong, before anything is sent
     */
    public static Invocation read(String[] argv, Surroundings surroundings) throws FaultException {
        if (argv.length == 0) {
            throw Misuse.of("", "a URL is missing", "relay get URL; relay --help says more");
        }
        List<String> arguments = List.of(argv);
        Verb named = Verbs.named(argv[0]);
        Verb verb = named == null ? new GetVerb() : named;
        Typed typed = Parser.parse(verb, named == null ? arguments : arguments.subList(1, arguments.size()));
        if (typed.has(CommonOptions.HELP)) {
            // relay --help all is relay help all; relay --help URL is a question about relay.
            return named == null && !typed.operands().equals(List.of("all"))
                    ? HelpVerb.overview()
                    : named == null
                            ? new HelpVerb().read(typed, surroundings)
                            : new Invocation.Print(HelpPage.of(named));
        }
        if (typed.has(CommonOptions.VERSION)) {
            return new Invocation.Print(version());
        }
        return verb.read(typed, surroundings);
    }

    private static String version() {
        return "relay " + Version.NUMBER + " (JDK " + System.getProperty("java.version") + ", java.net.http)\n";
    }
}

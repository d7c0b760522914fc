package dev.relay.cli;

import dev.relay.cli.model.Typed;
import dev.relay.cli.option.CommonOptions;
import dev.relay.cli.option.ConfigOptions;
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
            return new Invocation.Unasked(HelpVerb.overview());
        }
        List<String> arguments = List.of(argv);
        for (int at = 0; at < argv.length; at++) {
            // The runtime has put this for bytes that it could not read: what would be sent is not what was typed.
            if (argv[at].indexOf('\uFFFD') >= 0) {
                throw Misuse.of("argument " + (at + 1), "it is not text in UTF-8", "-d @FILE sends any bytes");
            }
        }
        Verb named = Verbs.named(argv[0]);
        Verb verb = named == null ? new GetVerb() : named;
        Typed typed = typed(verb, arguments, named != null);
        if (typed.has(CommonOptions.HELP)) {
            // relay --help all is relay help all; relay --help URL is a question about relay.
            boolean all = typed.operands().equals(List.of(HelpVerb.ALL));
            return named != null
                    ? HelpVerb.page(named, all)
                    : all ? new HelpVerb().read(typed, surroundings) : new Invocation.Print(HelpVerb.overview());
        }
        if (typed.has(CommonOptions.VERSION)) {
            return new Invocation.Print(version());
        }
        Typed all = Configuration.around(typed, verb, surroundings);
        boolean stdin = typed.all(ConfigOptions.CONFIG).contains("-");
        try {
            Invocation read = verb.read(all, stdin ? surroundings.reading(new ReadAlready()) : surroundings);
            return named == null && read instanceof Invocation.Fetch fetch
                    ? new Invocation.Fetch(
                            fetch.plan(), UrlOperand.meant(all.operands().getFirst()))
                    : read;
        } catch (FaultException e) {
            throw Configuration.located(e, all);
        }
    }

    private static Typed typed(Verb verb, List<String> arguments, boolean named) throws FaultException {
        try {
            return Parser.parse(verb, named ? arguments.subList(1, arguments.size()) : arguments);
        } catch (FaultException e) {
            // The options of a command that is misspelt are unknown to get.
            throw named || UrlOperand.meant(arguments.getFirst()) == null
                    ? e
                    : UrlOperand.unknownCommand(arguments.getFirst());
        }
    }

    private static String version() {
        // The launcher knows the commit: the jars of two commits with the same sources are the same.
        String commit = System.getProperty("relay.commit", "");
        return "relay " + Version.NUMBER + " (commit " + (commit.isEmpty() ? "none" : commit) + ", JDK "
                + System.getProperty("java.version") + ", java.net.http, relay's own HTTP/1.1 and HTTP/2)\n";
    }
}

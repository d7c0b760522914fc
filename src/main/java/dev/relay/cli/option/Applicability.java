package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which options mean something for what is served. One that means nothing is a misuse where it was typed, and passed over
 * where it stands in the user's own file, which is for all commands.
 */
public final class Applicability {
    /** Of the options about an upstream, what is of use without one. */
    private static final Set<Option> LOCAL = Set.of(LimitOptions.MAX_TIME, LimitOptions.LIMIT_RATE);
    /** What is of no use without one, beside those. */
    private static final Set<Option> OF_AN_UPSTREAM = Set.of(
            ServeOptions.DUPLEX,
            DuplexOptions.PRIOR_KNOWLEDGE,
            ServeOptions.HEADER_POLICY,
            ServeOptions.PASS_HEADER,
            ServeOptions.DROP_HEADER,
            ServeOptions.NO_PROBE);
    /** What sends, repeats or continues a request, or looks at an answer as a whole: an exchange that is live has none. */
    private static final List<OptionGroup> NEVER_LIVE = List.of(
            RequestOptions.ON_BEHALF,
            BodyOptions.GROUP,
            RedirectOptions.GROUP,
            RecoveryOptions.GROUP,
            VerificationOptions.GROUP);
    /** What such an exchange can be told of its request. */
    private static final Set<Option> LIVE =
            Set.of(RequestOptions.HEADER, RequestOptions.USER_AGENT, RequestOptions.REFERER, RequestOptions.URL_QUERY);

    private Applicability() {}

    /** What counts for a file, or for standard input. */
    public static Typed ofLocal(Typed typed) throws FaultException {
        Set<Option> useless = optionsOf(ExchangeGroups.OF_AN_UPSTREAM);
        useless.addAll(OF_AN_UPSTREAM);
        useless.removeAll(LOCAL);
        return without(useless, typed, "is about an upstream, and there is none");
    }

    /** What counts for an upstream, to which clients may be put through. */
    public static Typed ofUpstream(Typed typed) throws FaultException {
        if (!typed.has(ServeOptions.DUPLEX)) {
            return without(Set.of(DuplexOptions.PRIOR_KNOWLEDGE), typed, "is of use with --duplex alone");
        }
        Set<Option> useless = optionsOf(NEVER_LIVE);
        useless.add(ServeOptions.NO_PROBE);
        useless.removeAll(LIVE);
        return without(useless, typed, "is of no use with --duplex, where requests come from clients, and once");
    }

    private static Set<Option> optionsOf(List<OptionGroup> groups) {
        var options = new LinkedHashSet<Option>();
        for (OptionGroup group : groups) {
            options.addAll(group.options());
        }
        return options;
    }

    private static Typed without(Set<Option> useless, Typed typed, String why) throws FaultException {
        Typed left = typed.withoutShared(useless);
        for (Option option : useless) {
            if (left.has(option)) {
                throw Misuse.of(option, why);
            }
        }
        return left;
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Numbers;
import dev.relay.cli.value.SchemeList;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Redirects;
import java.util.List;
import java.util.Set;

/** How redirects are followed. */
public final class RedirectOptions {
    private static final int MOST = 20;

    static final Option LOCATION =
            Option.flag("Follow redirects: the default, accepted for curl's sake.", "-L", "--location");
    static final Option NO_LOCATION = Option.flag(
                    "Do not follow redirects: a redirect is a response like any other.", "--no-location")
            .often();
    static final Option MAX_REDIRS = Option.value(
            "N",
            "Follow at most N redirects in a row; one more ends the run with exit code 47. -1: any number. Default: 20.",
            "--max-redirs");
    static final Option LOCATION_TRUSTED = Option.flag(
            "Send credentials to every origin that a redirect leads to. Without the option they never leave the origin"
                    + " that they were given for.",
            "--location-trusted");
    static final Option PROTO_REDIR = Option.value(
                    "LIST",
                    "The schemes that a redirect may lead to, a comma list as in curl: =https that one alone, +http one"
                            + " more, -http one less. Default: http and https, but from https to http only when http is"
                            + " named here.",
                    "--proto-redir")
            .completing(Completion.choice("=https", "=http,https", "+http", "-http"));

    public static final OptionGroup GROUP = new OptionGroup(
            "Exchange", "Redirects", List.of(LOCATION, NO_LOCATION, MAX_REDIRS, LOCATION_TRUSTED, PROTO_REDIR));

    private RedirectOptions() {}

    public static Redirects read(Typed typed) throws FaultException {
        boolean follow = typed.lastOf(LOCATION, LOCATION_TRUSTED, NO_LOCATION) != NO_LOCATION;
        String most = typed.last(MAX_REDIRS);
        int max = most == null ? MOST : Numbers.read(MAX_REDIRS, most, -1, Integer.MAX_VALUE);
        String list = typed.last(PROTO_REDIR);
        boolean trusted = typed.has(LOCATION_TRUSTED);
        if (list == null) {
            return new Redirects(follow, max, trusted, Set.of("http", "https"), false);
        }
        SchemeList schemes = SchemeList.read(PROTO_REDIR, list);
        return new Redirects(follow, max, trusted, schemes.schemes(), schemes.namesHttp());
    }
}

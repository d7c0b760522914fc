package dev.relay.cli.option;

import dev.relay.cli.model.OptionGroup;
import java.util.ArrayList;
import java.util.List;

/** The groups of the commands that talk to an upstream and deliver what it sends. */
public final class ExchangeGroups {
    public static final List<OptionGroup> ALL = List.of(
            RequestOptions.GROUP,
            BodyOptions.GROUP,
            CredentialOptions.GROUP,
            CookieOptions.GROUP,
            RedirectOptions.GROUP,
            LimitOptions.TIMES,
            ConnectionOptions.GROUP,
            ProxyOptions.GROUP,
            TrustOptions.GROUP,
            OutputOptions.GROUP,
            LimitOptions.SIZES,
            RecoveryOptions.GROUP,
            VerificationOptions.GROUP,
            TellingOptions.GROUP,
            ConfigOptions.GROUP,
            CommonOptions.GROUP);

    /** The groups that are about an upstream which is asked for others: of no use without one. */
    static final List<OptionGroup> OF_AN_UPSTREAM = List.of(
            RequestOptions.ON_BEHALF,
            BodyOptions.GROUP,
            CredentialOptions.GROUP,
            CookieOptions.SENT,
            RedirectOptions.GROUP,
            LimitOptions.TIMES,
            ConnectionOptions.GROUP,
            ProxyOptions.GROUP,
            TrustOptions.GROUP,
            LimitOptions.SIZES,
            RecoveryOptions.GROUP,
            VerificationOptions.GROUP);

    /** The groups of the command that hands to others what an upstream sends. */
    public static final List<OptionGroup> SERVE = serve();

    private ExchangeGroups() {}

    private static List<OptionGroup> serve() {
        var groups = new ArrayList<>(List.of(ServeOptions.GROUP, ListenerOptions.GROUP));
        groups.addAll(OF_AN_UPSTREAM);
        groups.addAll(List.of(TellingOptions.GROUP, ConfigOptions.GROUP, CommonOptions.GROUP));
        return List.copyOf(groups);
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.OptionGroup;
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

    /** The groups that are about an upstream: of no use to a command that has none. */
    static final List<OptionGroup> OF_AN_UPSTREAM = List.of(
            RequestOptions.GROUP,
            BodyOptions.GROUP,
            RedirectOptions.GROUP,
            LimitOptions.TIMES,
            ConnectionOptions.GROUP,
            TrustOptions.GROUP,
            LimitOptions.SIZES,
            RecoveryOptions.GROUP,
            VerificationOptions.GROUP);

    /** The groups of the command that hands to others what an upstream sends. */
    public static final List<OptionGroup> SERVE = List.of(
            ServeOptions.GROUP,
            ServeOptions.LISTENER,
            RequestOptions.GROUP,
            BodyOptions.GROUP,
            RedirectOptions.GROUP,
            LimitOptions.TIMES,
            ConnectionOptions.GROUP,
            TrustOptions.GROUP,
            LimitOptions.SIZES,
            RecoveryOptions.GROUP,
            VerificationOptions.GROUP,
            TellingOptions.GROUP,
            CommonOptions.GROUP);

    private ExchangeGroups() {}
}

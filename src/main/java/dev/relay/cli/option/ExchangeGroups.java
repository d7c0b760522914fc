package dev.relay.cli.option;

import dev.relay.cli.model.OptionGroup;
import java.util.List;

/** The groups of the commands that talk to an upstream and deliver what it sends. */
public final class ExchangeGroups {
    public static final List<OptionGroup> ALL = List.of(
            RequestOptions.GROUP,
            BodyOptions.GROUP,
            RedirectOptions.GROUP,
            LimitOptions.TIMES,
            ConnectionOptions.GROUP,
            TrustOptions.GROUP,
            OutputOptions.GROUP,
            LimitOptions.SIZES,
            RecoveryOptions.GROUP,
            VerificationOptions.GROUP,
            TellingOptions.GROUP,
            CommonOptions.GROUP);

    private ExchangeGroups() {}
}

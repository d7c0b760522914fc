package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import java.util.List;
import java.util.Set;

/** The options of the command that asks for a head: those of the others but what needs a body, of request or response. */
public final class HeadOptions {
    private static final Set<Option> OF_A_BODY = Set.of(
            RequestOptions.EVENTS,
            BodyOptions.FORM,
            BodyOptions.FORM_STRING,
            BodyOptions.UPLOAD_FILE,
            OutputOptions.CONTINUE,
            RecoveryOptions.PARALLEL,
            RecoveryOptions.SEGMENT_SIZE,
            VerificationOptions.CHECKSUM);

    public static final List<OptionGroup> ALL = ExchangeGroups.ALL.stream()
            .map(group -> new OptionGroup(
                    group.theme(),
                    group.heading(),
                    group.options().stream()
                            .filter(option -> !OF_A_BODY.contains(option))
                            .toList()))
            .toList();

    private HeadOptions() {}
}

package dev.relay.transfer;

import dev.relay.outcome.FaultException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one try to continue a body: the rest, or why there is none yet.
 *
 * @param asked how long the server wants to be left alone; null when it has not said
 * @param ranges whether a part may be asked for once more
 */
record Verdict(
        @Nullable Rest rest,
        @Nullable FaultException reason,
        @Nullable Duration asked,
        boolean ranges) {}

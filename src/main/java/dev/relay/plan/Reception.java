package dev.relay.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that receiving from a client needs to know.
 *
 * @param place where it is received
 * @param entrance who gets in
 * @param answered whether standard input is the answer; if not, it is left alone and the answer is empty
 * @param type the media type of the answer
 * @param raw on a terminal too, bytes go as they are
 * @param patience how long nobody may be there; null for any time
 */
public record Reception(
        Service.Place place,
        Service.Entrance entrance,
        boolean answered,
        String type,
        boolean raw,
        @Nullable Duration patience,
        Telling telling) {}

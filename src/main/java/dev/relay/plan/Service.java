package dev.relay.plan;

import dev.relay.http.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that serving needs to know.
 *
 * @param source what is handed over
 * @param place where it is to be had
 * @param entrance who gets in
 * @param presented how it looks to whoever gets it
 * @param policy which header fields cross
 * @param count to how many clients, at least 1
 * @param patience how long nobody may be there; null for any time
 * @param limits of which the whole time and the rate hold for a local source too
 * @param configurations the files that options were read from
 */
public record Service(
        Source source,
        Place place,
        Entrance entrance,
        Presented presented,
        HeaderPolicy policy,
        int count,
        @Nullable Duration patience,
        Limits limits,
        Telling telling,
        List<String> configurations) {
    public Service {
        configurations = List.copyOf(configurations);
    }

    /** Where it comes from. */
    public sealed interface Source {}

    /**
     * An upstream.
     *
     * @param probe whether it is asked before anybody else asks
     */
    public record Upstream(Plan plan, boolean probe) implements Source {}

    /** An upstream to which clients are put through: what they send goes there while its answer comes back. */
    public record Duplex(Plan plan) implements Source {}

    /**
     * A file.
     *
     * @param shown as the user typed it
     */
    public record LocalFile(Path path, String shown) implements Source {}

    /** Standard input. */
    public record Stdin() implements Source {}

    /**
     * Where the listener is.
     *
     * @param address a name or an address of this machine
     * @param port 0 for any that is free
     * @param tls who it is over TLS; null in clear
     */
    public record Place(String address, int port, @Nullable Tls tls) {}

    /** TLS: with an identity from files, or null for one that is made for the occasion. */
    public record Tls(@Nullable Identity identity) {}

    /**
     * Who gets in.
     *
     * @param path the whole path, beginning with a slash; null for one that is made
     * @param token whether the path that is made cannot be guessed
     * @param credentials {@code user:password}; null for anybody
     */
    public record Entrance(
            @Nullable String path, boolean token, @Nullable Secret credentials) {}

    /**
     * How it is presented.
     *
     * @param name a safe file name; null for that of the source
     * @param inline whether a browser is to show it, not to save it
     * @param qr whether the URL is shown as a code for cameras
     * @param open whether it is opened in a browser here
     */
    public record Presented(@Nullable String name, boolean inline, boolean qr, boolean open) {}
}

package dev.relay.upstream;

import dev.relay.io.Chunks;

/** The body of a response, which knows what has become of the connection that it comes over. */
interface ReceivedBody extends Chunks {
    /** Whether it is one stream of a connection that has room for more. */
    boolean isStream();

    /** Whether nothing came of it for longer than a limit allows. */
    boolean wasSilent();

    /** Whether its connection may serve on: it came to its end, or was only one stream among others. */
    boolean leavesConnection();
}

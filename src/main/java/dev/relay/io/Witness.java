package dev.relay.io;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Is told what happens in an exchange, as it happens; every call comes from the thread that runs the transfer. */
public interface Witness {
    /** The name was looked up; the addresses stand in the order in which they will be tried. */
    default void resolved(String host, List<InetAddress> addresses) {}

    /** The connection stands; with TLS, the handshake comes next. */
    default void connected(Url url, InetAddress address, int port) {}

    /** The connection to a socket in the file system stands. */
    default void connected(Url url, Path socket) {}

    /** A proxy is asked to connect to that host and port (RFC 9110 §9.3.6); secrets still inside. */
    default void tunnelRequested(String authority, Headers headers) {}

    /** The proxy has answered that. */
    default void tunnelAnswered(Head head) {}

    /** A proxy has connected to that destination. */
    default void detoured(String proxy, String destination) {}

    /** The request that follows is forwarded by that proxy. */
    default void forwarded(String proxy) {}

    /** The server has shown a certificate that will do, and the handshake is about to end. */
    default void secured(Url url, Agreement agreement) {}

    /** The server has shown a certificate that will not do, and the connection is given up. */
    default void distrusted(Url url, Agreement agreement) {}

    /**
     * The request that follows goes over a connection that has served before.
     *
     * @param certain false when a new one is made, unseen, should the server have closed it
     */
    default void reused(Url url, boolean certain) {}

    /** The request that is sent; secrets still inside. */
    default void requested(String method, Url url, String version, Headers headers) {}

    /** Bytes of a request body have gone to the server; alone of all calls, this one comes from the thread that sends them. */
    default void sent(int bytes) {}

    /** The connection over which a body came to this thread broke; it will be continued, over another if need be. */
    default void broken() {}

    /** A head has arrived. */
    default void answered(Head head) {}

    /** A redirect is followed. */
    default void redirected(Url from, Url to) {}

    /**
     * Nothing is done for a while.
     *
     * @param then what is done afterwards: {@code trying again}
     */
    default void pausing(String then, Duration wait) {}

    /** Something that a person may want to know, without a full stop. */
    default void note(String text) {}
}

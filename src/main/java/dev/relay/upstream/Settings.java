package dev.relay.upstream;

/**
 * The client's settings that exist only as system properties. They are read once, when its classes load: {@link Client}
 * applies them before that.
 */
final class Settings {
    private static final int WINDOW = 1024 * 1024;

    private Settings() {}

    /**
     * Sets what the user of the runtime has not set.
     *
     * @param streams how many responses may arrive at a time
     */
    static void apply(int streams) {
        // The default of 16 KiB costs half of the throughput.
        set("jdk.httpclient.bufsize", "131072");
        // Bounds what a slow reader leaves waiting in an HTTP/2 stream: the defaults are 16 and 64 MiB.
        set("jdk.httpclient.windowsize", Integer.toString(WINDOW));
        set("jdk.httpclient.connectionWindowSize", Integer.toString((streams + 1) * WINDOW));
        // A request is sent once: the client would silently send a GET again when the server closes without an answer.
        set("jdk.httpclient.redirects.retrylimit", "1");
        set("jdk.httpclient.disableRetryConnect", "true");
        set("jdk.httpclient.allowRestrictedHeaders", "host,connection,expect,content-length,upgrade");
        // Eight interim responses would end an exchange whose server says every second that it is still at work.
        set("jdk.httpclient.maxNonFinalResponses", "10000");
        keepNoNames();
    }

    /** Looked-up names are not kept: every connection goes where relay has decided. */
    static void keepNoNames() {
        set("sun.net.inetaddr.ttl", "0");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

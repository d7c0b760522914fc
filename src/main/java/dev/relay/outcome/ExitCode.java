package dev.relay.outcome;

/** The exit codes of relay: curl's numbers where curl has one for the same thing, its own from 101. */
public enum ExitCode {
    OK(0, "done"),
    UNSUPPORTED_SCHEME(1, "unsupported scheme"),
    USAGE(2, "usage"),
    MALFORMED_URL(3, "malformed URL"),
    PROXY_NOT_RESOLVED(5, "cannot resolve the proxy"),
    HOST_NOT_RESOLVED(6, "cannot resolve the host"),
    NOT_CONNECTED(7, "cannot connect"),
    SHORT_BODY(18, "the body ended early"),
    HTTP_STATUS(22, "the server answered with an error"),
    OUTPUT_FAILED(23, "cannot write the output"),
    INPUT_FAILED(26, "cannot read the input"),
    TIME_LIMIT(28, "a time limit passed"),
    RANGE_NOT_SERVED(33, "the server cannot do the range"),
    TLS_HANDSHAKE(35, "the TLS handshake failed"),
    CANNOT_CONTINUE(36, "cannot continue the partial file"),
    SOURCE_UNREADABLE(37, "cannot read the source file"),
    INTERFACE_UNUSABLE(45, "cannot use the interface"),
    TOO_MANY_REDIRECTS(47, "too many redirects"),
    NO_ANSWER(52, "the server closed without an answer"),
    SENDING_FAILED(55, "sending failed"),
    RECEIVING_FAILED(56, "receiving failed"),
    CLIENT_CERTIFICATE(58, "cannot use the certificate"),
    NOT_TRUSTED(60, "the server's certificate is not trusted"),
    CONTENT_ENCODING(61, "cannot decode the body"),
    TOO_LARGE(63, "larger than --max-filesize"),
    BODY_NOT_REPEATABLE(65, "the request body cannot be sent again"),
    CA_UNREADABLE(77, "cannot read the CA file"),
    PIN_MISMATCH(90, "the server's public key is not the pinned one"),
    HTTP2_STREAM(92, "the server gave up the HTTP/2 stream"),
    PROXY_REFUSED(97, "the proxy refused"),
    DIGEST_MISMATCH(101, "checksum mismatch"),
    RESOURCE_CHANGED(102, "the resource changed while it was being resumed"),
    NOBODY_CAME(103, "nobody came in time"),
    CLIENT_LEFT(104, "the client went away"),
    CANNOT_LISTEN(105, "cannot listen"),
    INTERNAL(125, "internal error"),
    HANGUP(129, "stopped"),
    INTERRUPTED(130, "interrupted"),
    READER_GONE(141, "the reader of the output closed early"),
    TERMINATED(143, "terminated");

    private final int value;
    private final String what;

    ExitCode(int value, String what) {
        this.value = value;
        this.what = what;
    }

    /** The number that the process ends with, 0 to 143. */
    public int value() {
        return value;
    }

    /** What failed, as the error line begins. */
    public String what() {
        return what;
    }
}

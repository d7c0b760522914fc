package dev.relay.duplex;

/** What HTTP/2 calls the ways in which things go wrong (RFC 9113 §7). */
enum Http2Error {
    NO_ERROR(0x0),
    PROTOCOL_ERROR(0x1),
    INTERNAL_ERROR(0x2),
    FLOW_CONTROL_ERROR(0x3),
    SETTINGS_TIMEOUT(0x4),
    STREAM_CLOSED(0x5),
    FRAME_SIZE_ERROR(0x6),
    REFUSED_STREAM(0x7),
    CANCEL(0x8),
    COMPRESSION_ERROR(0x9),
    CONNECT_ERROR(0xa),
    ENHANCE_YOUR_CALM(0xb),
    INADEQUATE_SECURITY(0xc),
    HTTP_1_1_REQUIRED(0xd);

    private final int code;

    Http2Error(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The name of a code, or its number. */
    static String name(int code) {
        for (Http2Error error : values()) {
            if (error.code == code) {
                return error.name();
            }
        }
        return "error " + Integer.toUnsignedString(code);
    }
}

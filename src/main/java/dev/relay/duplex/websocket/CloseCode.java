package dev.relay.duplex.websocket;

/** The reasons for which a WebSocket is closed, as numbers (RFC 6455 §7.4, and IANA's registry). */
final class CloseCode {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    /** Never sent: a Close without a code. */
    static final int NONE = 1005;

    static final int INVALID_DATA = 1007;
    static final int TOO_BIG = 1009;

    private CloseCode() {}

    /** Whether a Close frame may carry it: what is defined for that, and what applications define. */
    static boolean mayBeSent(int code) {
        boolean defined = code >= NORMAL && code <= 1014 && code != 1004 && code != NONE && code != 1006;
        return defined || (code >= 3000 && code <= 4999);
    }

    /** The code, and what it means where that is defined. */
    static String text(int code) {
        String meaning = switch (code) {
            case GOING_AWAY -> "going away";
            case PROTOCOL_ERROR -> "protocol error";
            case 1003 -> "unsupported data";
            case INVALID_DATA -> "invalid data";
            case 1008 -> "policy violation";
            case TOO_BIG -> "message too big";
            case 1010 -> "an extension is missing";
            case 1011 -> "internal error";
            case 1012 -> "service restart";
            case 1013 -> "try again later";
            case 1014 -> "bad gateway";
            default -> "";
        };
        return meaning.isEmpty() ? Integer.toString(code) : code + " (" + meaning + ")";
    }
}

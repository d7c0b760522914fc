package dev.relay.http;

/** What is known of request methods (RFC 9110 §9.2). */
public final class Method {
    private Method() {}

    /** Whether a request may be sent again when it is not known what became of the first (RFC 9110 §9.2.2). */
    public static boolean isIdempotent(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
            default -> false;
        };
    }
}

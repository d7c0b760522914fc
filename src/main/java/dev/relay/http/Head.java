package dev.relay.http;

/**
 * The head of a response: the status line and the header fields.
 *
 * @param version as the status line has it: {@code HTTP/1.1} or {@code HTTP/2}
 * @param status the status code, 100 to 599
 */
public record Head(String version, int status, Headers headers) {

    /** The class of error that {@code --fail} is about. */
    public boolean isError() {
        return status >= 400;
    }

    /** {@code HTTP/1.1 200 OK}; the phrase is the registered one, for the JDK keeps no other. HTTP/2 has none. */
    public String statusLine() {
        String phrase = version.startsWith("HTTP/1") ? StatusPhrase.of(status) : "";
        return version + " " + status + (phrase.isEmpty() ? "" : " " + phrase);
    }

    /** The head as it goes before a body: lines ended by CRLF, and an empty one. */
    public String text() {
        var text = new StringBuilder(statusLine()).append("\r\n");
        for (Headers.Field field : headers.fields()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.append("\r\n").toString();
    }
}

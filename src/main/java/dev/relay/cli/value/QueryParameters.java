package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.http.FormEncoding;
import dev.relay.http.Url;
import dev.relay.outcome.FaultException;
import java.nio.charset.StandardCharsets;

/** Parameters for the query of a URL, in curl's syntax for {@code --url-query}. */
public final class QueryParameters {
    private final StringBuilder query = new StringBuilder();
    private final LocalInput input;

    public QueryParameters(LocalInput input) {
        this.input = input;
    }

    /**
     * Adds one: {@code content}, {@code =content}, {@code name=content}, {@code @FILE} or {@code name@FILE}, of which the
     * content is encoded; {@code +raw} is taken as it is.
     */
    public void add(Option option, String text) throws FaultException {
        if (text.isEmpty()) {
            return;
        }
        query.append(query.isEmpty() ? "" : "&");
        if (text.charAt(0) == '+') {
            appendRaw(text.substring(1));
            return;
        }
        int equals = text.indexOf('=');
        int at = text.indexOf('@');
        int split = equals >= 0 ? equals : at;
        if (split > 0) {
            appendRaw(text.substring(0, split));
            query.append('=');
        }
        String content = text.substring(split + 1);
        appendEncoded(equals < 0 && at >= 0 ? input.bytes(option, content) : content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds data as it is, or what is in the file behind an {@code @}, without its line breaks ({@code -G} with {@code -d}). */
    public void addData(Option option, String data, boolean atIsFile) throws FaultException {
        query.append(query.isEmpty() ? "" : "&");
        String text = atIsFile && data.startsWith("@") ? input.text(option, data.substring(1)) : data;
        appendRaw(text.replace("\r", "").replace("\n", "").replace("\0", ""));
    }

    /** The URL with these parameters behind those that it has. */
    public Url addedTo(Url url) {
        if (query.isEmpty()) {
            return url;
        }
        String target = url.target();
        String joint = target.indexOf('?') < 0 ? "?" : target.endsWith("?") || target.endsWith("&") ? "" : "&";
        return url.withTarget(target + joint + query);
    }

    private void appendEncoded(byte[] content) {
        for (byte b : content) {
            FormEncoding.append(query, b);
        }
    }

    /** As it is, but for what a query may not hold at all (RFC 3986 §3.4). */
    private void appendRaw(String raw) {
        for (byte b : raw.getBytes(StandardCharsets.UTF_8)) {
            if (FormEncoding.isUnreserved(b) || (b > ' ' && "!$&'()*+,;=:@/?%".indexOf(b) >= 0)) {
                query.append((char) b);
            } else {
                FormEncoding.appendPercent(query, b);
            }
        }
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Typed;
import dev.relay.cli.value.DataPieces;
import dev.relay.cli.value.FormParts;
import dev.relay.cli.value.HeaderEdits;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.http.FormEncoding;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the options ask to be sent, and what the header says of it.
 *
 * @param contentType null when the user is to say it
 * @param fileName what the URL is to end with when it ends with a slash; null for nothing
 */
record SentBody(
        List<Body.Piece> pieces,
        @Nullable String contentType,
        @Nullable String fileName) {
    private static final String LENGTH = "Content-Length";
    private static final String CODING = "Transfer-Encoding";

    static SentBody ofData(Typed typed, LocalInput input) throws FaultException {
        var pieces = new DataPieces(input);
        boolean json = typed.has(BodyOptions.JSON);
        for (Typed.One one : typed.inOrder(BodyOptions.DATA_OPTIONS)) {
            if (one.option() == BodyOptions.JSON) {
                pieces.addJson(one.option(), one.value());
            } else if (one.option() == BodyOptions.DATA_URLENCODE) {
                pieces.addEncoded(one.option(), one.value());
            } else if (one.option() == BodyOptions.DATA_RAW) {
                pieces.addText(one.value());
            } else {
                pieces.add(one.option(), one.value(), one.option() == BodyOptions.DATA_BINARY);
            }
        }
        return new SentBody(pieces.pieces(), json ? "application/json" : "application/x-www-form-urlencoded", null);
    }

    static SentBody ofForm(Typed typed, LocalInput input) throws FaultException {
        var parts = new FormParts(input);
        for (Typed.One one : BodyOptions.form(typed)) {
            if (one.option() == BodyOptions.FORM) {
                parts.add(one.option(), one.value());
            } else {
                parts.addText(one.option(), one.value());
            }
        }
        return new SentBody(parts.pieces(), parts.contentType(), null);
    }

    static SentBody ofFile(Typed typed, LocalInput input) throws FaultException {
        List<String> files = typed.all(BodyOptions.UPLOAD_FILE);
        if (files.size() > 1) {
            throw Misuse.of(BodyOptions.UPLOAD_FILE, "one request has one body");
        }
        String file = files.getFirst();
        if (file.equals("-") || file.equals(".")) {
            input.claimStdin(BodyOptions.UPLOAD_FILE);
            return new SentBody(List.of(new Body.FromStdin(Body.Treatment.AS_IS)), null, null);
        }
        var piece = new Body.FromFile(input.path(BodyOptions.UPLOAD_FILE, file), Body.Treatment.AS_IS);
        return new SentBody(List.of(piece), null, file.substring(file.lastIndexOf('/') + 1));
    }

    /** The URL of the upload: a directory gets the name of the file, encoded as a segment of a path. */
    Url addressed(Url url) {
        return fileName == null || !url.target().endsWith("/") || url.query().isPresent()
                ? url
                : url.withTarget(url.target() + FormEncoding.of(fileName).replace("+", "%20"));
    }

    /** The body as the header fields want it, which say no word of its end any more. */
    Body framed(Headers headers, HeaderEdits edits) throws FaultException {
        List<String> lengths = headers.all(LENGTH);
        List<String> codings = headers.all(CODING);
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            throw Misuse.of(RequestOptions.HEADER, "Content-Length excludes Transfer-Encoding");
        }
        for (String coding : codings) {
            if (!coding.equalsIgnoreCase("chunked") || codings.size() > 1) {
                throw Misuse.of(RequestOptions.HEADER, "chunked is the only Transfer-Encoding that relay can send");
            }
        }
        boolean chunked = !codings.isEmpty() || edits.isRemoved(LENGTH);
        return new Body(pieces, length(lengths), chunked, !edits.isRemoved("Expect"));
    }

    private static @Nullable Long length(List<String> lengths) throws FaultException {
        if (lengths.isEmpty()) {
            return null;
        }
        String digits = lengths.getFirst();
        boolean number = lengths.size() == 1 && !digits.isEmpty() && digits.length() <= 18;
        for (int i = 0; number && i < digits.length(); i++) {
            number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!number) {
            throw Misuse.of(RequestOptions.HEADER, "the Content-Length is no number of bytes");
        }
        return Long.valueOf(digits);
    }

    /** Without the fields that only the transport may send. */
    static Headers unframed(Headers headers) {
        return headers.without(LENGTH).without(CODING);
    }

    /** Throws when fields speak of a body that is not there. */
    static void checkNone(Headers headers) throws FaultException {
        boolean none = headers.all(LENGTH).stream().allMatch("0"::equals);
        if (!none || headers.contains(CODING)) {
            throw Misuse.of(
                    RequestOptions.HEADER.name(),
                    "Content-Length and Transfer-Encoding tell of a body, and there is none",
                    "-d, -F or -T gives one");
        }
    }
}

package dev.relay.plan;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: what stands in it, one after the other, and how its end is told.
 *
 * @param pieces at least one
 * @param declared the length that the user promises, in bytes ({@code -H 'Content-Length: N'}); null for that of the
 *     pieces
 * @param chunked whether it goes in chunks though its length may be known
 * @param expects whether the server may be asked first if it wants the body (RFC 9110 §10.1.1)
 */
public record Body(List<Piece> pieces, @Nullable Long declared, boolean chunked, boolean expects) {
    public Body {
        pieces = List.copyOf(pieces);
    }

    /** A body of these pieces, with all else as is usual. */
    public static Body of(List<Piece> pieces) {
        return new Body(pieces, null, false, true);
    }

    /** A part of a body. */
    public sealed interface Piece {}

    /** These characters, in UTF-8. */
    public record Literal(String text) implements Piece {}

    /** What is in a file, or comes out of a FIFO. */
    public record FromFile(Path path, Treatment treatment) implements Piece {}

    /** What is on standard input. */
    public record FromStdin(Treatment treatment) implements Piece {}

    /** What becomes of the bytes of a file before they are sent. */
    public enum Treatment {
        /** They are sent as they are. */
        AS_IS,
        /** CR, LF and NUL are left out ({@code -d @FILE}). */
        WITHOUT_LINE_BREAKS,
        /** They are encoded as a form has them ({@code --data-urlencode}). */
        FORM_ENCODED
    }
}

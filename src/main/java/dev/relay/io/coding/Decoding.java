package dev.relay.io.coding;

import dev.relay.io.Chunks;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Undoes the content codings of a response, in the reverse of the order in which they were applied (RFC 9110 §8.4).
 *
 * <p>As in curl, a body may have been encoded {@value #MOST} times, {@code x-gzip} is gzip, {@code none} is identity,
 * and empty elements count for nothing.
 */
public final class Decoding {
    /** What a request says that it can take (RFC 9110 §12.5.3). */
    public static final String ACCEPTED = "gzip, deflate, br, zstd";

    private static final int MOST = 5;

    private Decoding() {}

    /**
     * The body as it was before it was encoded.
     *
     * @param fields the values of the Content-Encoding fields, in order
     * @param body the encoded body; closing the result closes it
     * @param where the URL, for the line that says what is broken
     * @throws IOException a fault when a coding is not known: nothing has been read then
     */
    public static Chunks of(List<String> fields, Chunks body, String where) throws IOException {
        List<String> codings = codings(fields);
        for (String coding : codings) {
            if (!isKnown(coding)) {
                throw fault(where, "unknown coding '" + coding + "'; relay can undo " + ACCEPTED);
            }
        }
        if (codings.size() > MOST) {
            throw fault(where, "encoded " + codings.size() + " times, which is more than " + MOST);
        }
        Chunks decoded = body;
        for (String coding : codings.reversed()) {
            decoded = new Decoded(decoded, decoder(coding), coding, where);
        }
        return decoded;
    }

    /** The codings that were applied, in lower case and in that order, without those that change nothing. */
    private static List<String> codings(List<String> fields) {
        var codings = new ArrayList<String>();
        for (String field : fields) {
            for (String element : field.split(",", -1)) {
                String coding = element.strip().toLowerCase(Locale.ROOT);
                if (!coding.isEmpty() && !coding.equals("identity") && !coding.equals("none")) {
                    codings.add(coding);
                }
            }
        }
        return codings;
    }

    private static boolean isKnown(String coding) {
        return switch (coding) {
            case "gzip", "x-gzip", "deflate", "br", "zstd" -> true;
            default -> false;
        };
    }

    private static Decoder decoder(String coding) {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GzipDecoder();
            case "deflate" -> new DeflateDecoder();
            case "br" -> new BrotliDecoder();
            case "zstd" -> new ZstdDecoder();
            default -> throw new IllegalArgumentException(coding);
        };
    }

    private static IOException fault(String where, String why) {
        return Fault.of(ExitCode.CONTENT_ENCODING, where, why).exception();
    }
}

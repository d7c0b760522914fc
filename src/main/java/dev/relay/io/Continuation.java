package dev.relay.io;

import dev.relay.http.Headers;
import dev.relay.http.Validator;
import java.io.IOException;

/**
 * What an earlier run left of a body, to be continued ({@code -C}). Whoever gives it holds it, so that nobody else
 * continues it meanwhile.
 *
 * @param length how many bytes of it can be relied on, at least 1; what follows goes behind them
 * @param total the length of the whole as the response promised it, at least {@code length}; -1 when it did not
 * @param validator the state of the resource that it is a part of
 * @param fields what the response said of the entity, beside its validator: its dates and lengths
 * @param beginning reads what is there
 */
public record Continuation(long length, long total, Validator validator, Headers fields, Beginning beginning) {

    /** The bytes that are there already. */
    public interface Beginning {
        /** Reads them from the first to the last that can be relied on; may be called again. */
        Chunks open() throws IOException;
    }

    /** Whether nothing is missing: the earlier run ended between the last byte and the commit. */
    public boolean isWhole() {
        return length == total;
    }
}

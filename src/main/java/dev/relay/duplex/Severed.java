package dev.relay.duplex;

import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From how an exchange broke to what failed: the one table. */
public final class Severed {
    private Severed() {}

    /**
     * What the user is told.
     *
     * @param answered whether the head of the response had come
     * @param received how many bytes of its body had come
     * @param sending what broke in the other direction; null when nothing did
     */
    public static IOException fault(
            IOException broken, Url url, boolean answered, long received, @Nullable IOException sending) {
        if (broken instanceof FaultException
                || (broken instanceof InterruptedIOException && !(broken instanceof SocketTimeoutException))) {
            return broken;
        }
        if (broken instanceof SocketTimeoutException) {
            return of(ExitCode.TIME_LIMIT, url, message(broken), broken);
        }
        if (broken instanceof StreamResetException) {
            return of(ExitCode.HTTP2_STREAM, url, message(broken), broken);
        }
        if (broken instanceof ProtocolException) {
            return of(ExitCode.RECEIVING_FAILED, url, "malformed response: " + message(broken), broken);
        }
        IOException telling = broken instanceof EOFException && sending != null && isReset(sending) ? sending : broken;
        if (telling instanceof EOFException) {
            return ended(broken, url, answered, received);
        }
        return of(ExitCode.RECEIVING_FAILED, url, reason(telling) + after(answered, received), telling);
    }

    /**
     * A reset is told once, to whoever moves first: the other direction then only sees an end. That end itself, and a
     * server that wants no more of the request, say nothing of the response.
     */
    private static boolean isReset(IOException sending) {
        return !(sending instanceof EOFException || sending instanceof StreamResetException);
    }

    private static IOException ended(IOException broken, Url url, boolean answered, long received) {
        if (answered) {
            return of(ExitCode.SHORT_BODY, url, message(broken) + after(true, received), broken);
        }
        return broken instanceof UnansweredException
                ? of(ExitCode.NO_ANSWER, url, "not one byte of a response came", broken)
                : of(ExitCode.RECEIVING_FAILED, url, "the head of the response is cut", broken);
    }

    /** The connection ended before the first byte of an answer. */
    static final class UnansweredException extends EOFException {
        private static final long serialVersionUID = 1L;

        UnansweredException() {
            super("the connection was closed");
        }
    }

    private static String reason(IOException broken) {
        String text = message(broken);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("reset") || lower.contains("broken pipe")) {
            return "the connection was reset";
        }
        return text;
    }

    private static String after(boolean answered, long received) {
        return answered ? " after " + received + (received == 1 ? " byte" : " bytes") : " before an answer came";
    }

    private static String message(IOException broken) {
        String text = broken.getMessage();
        return text == null || text.isEmpty() ? broken.getClass().getSimpleName() : text;
    }

    private static IOException of(ExitCode code, Url url, String why, IOException cause) {
        return Fault.of(code, url.toString(), why).exception(cause);
    }
}

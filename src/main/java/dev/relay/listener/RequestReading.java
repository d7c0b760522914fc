package dev.relay.listener;

import dev.relay.http.Headers;
import dev.relay.wire.MessageReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of requests (RFC 9112 §3, §6). What two servers could read in two ways is refused, even where the
 * standard would let it pass: a request that means one thing to a proxy and another to us is how requests are smuggled.
 */
final class RequestReading {
    private static final int MOST_DIGITS = 18;
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private RequestReading() {}

    /**
     * Reads one.
     *
     * @param deadline until when all of it must be there, as {@link System#nanoTime} has it
     * @return null when the client left without a word
     * @throws RefusedException when it is malformed, too large or too late
     */
    static @Nullable RequestHead read(MessageReader reader, long deadline) throws IOException {
        try {
            MessageReader.RawHead raw = reader.read(deadline);
            return raw == null ? null : parse(raw);
        } catch (MessageReader.TooLargeException e) {
            throw new RefusedException(e.isStartLine() ? 414 : 431, String.valueOf(e.getMessage()));
        } catch (ProtocolException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException _) {
            throw new RefusedException(408, "the request did not come in time");
        } catch (EOFException _) {
            throw new RefusedException(400, "the request ended in the middle of its head");
        }
    }

    static RequestHead parse(MessageReader.RawHead raw) throws RefusedException {
        String[] words = raw.startLine().split(" ", -1);
        if (words.length != 3) {
            throw malformed("a request line of other than three words");
        }
        int minor = minor(words[2]);
        String method = words[0];
        if (!METHODS.contains(method)) {
            throw isToken(method)
                    ? new RefusedException(501, "the method is not known")
                    : malformed("a method that is no token");
        }
        Headers headers = raw.fields();
        String host = host(headers, minor);
        var target = RequestTarget.of(method, words[1]);
        return new RequestHead(
                method,
                target.path(),
                target.query(),
                target.authority() == null ? host : target.authority(),
                minor,
                headers,
                length(headers, minor),
                expectsContinue(headers, minor));
    }

    private static int minor(String version) throws RefusedException {
        boolean isVersion = version.length() == 8
                && version.startsWith("HTTP/")
                && isDigit(version.charAt(5))
                && version.charAt(6) == '.'
                && isDigit(version.charAt(7));
        if (!isVersion) {
            throw malformed("a request line without a version");
        }
        if (version.charAt(5) != '1') {
            throw new RefusedException(505, "HTTP/1.1 is spoken here");
        }
        return version.charAt(7) == '0' ? 0 : 1;
    }

    private static @Nullable String host(Headers headers, int minor) throws RefusedException {
        List<String> hosts = headers.all("Host");
        if (hosts.size() > 1 || (hosts.isEmpty() && minor > 0)) {
            throw malformed(hosts.isEmpty() ? "no Host" : "more than one Host");
        }
        if (hosts.isEmpty()) {
            return null;
        }
        String host = hosts.getFirst();
        if (!RequestTarget.isAuthority(host)) {
            throw malformed("a Host that is none");
        }
        return host;
    }

    private static long length(Headers headers, int minor) throws RefusedException {
        List<String> lengths = headers.all("Content-Length");
        List<String> codings = headers.all("Transfer-Encoding");
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty()) {
                throw malformed("both Content-Length and Transfer-Encoding");
            }
            if (minor == 0) {
                throw malformed("Transfer-Encoding in HTTP/1.0");
            }
            return chunked(codings);
        }
        if (lengths.isEmpty()) {
            return 0;
        }
        String length = lengths.getFirst();
        if (lengths.size() > 1 || length.isEmpty() || length.length() > MOST_DIGITS) {
            throw malformed("a Content-Length that is no number");
        }
        for (int i = 0; i < length.length(); i++) {
            if (!isDigit(length.charAt(i))) {
                throw malformed("a Content-Length that is no number");
            }
        }
        return Long.parseLong(length);
    }

    private static long chunked(List<String> codings) throws RefusedException {
        String coding = codings.getFirst().toLowerCase(Locale.ROOT);
        if (codings.size() == 1 && coding.equals("chunked")) {
            return RequestHead.CHUNKED;
        }
        if (codings.size() == 1 && coding.endsWith(", chunked") && coding.indexOf("chunked") == coding.length() - 7) {
            throw new RefusedException(501, "a transfer coding that is not known");
        }
        throw malformed("a Transfer-Encoding that is not chunked");
    }

    private static boolean expectsContinue(Headers headers, int minor) throws RefusedException {
        List<String> expectations = headers.all("Expect");
        if (expectations.isEmpty() || minor == 0) {
            return false;
        }
        if (expectations.size() > 1 || !expectations.getFirst().equalsIgnoreCase("100-continue")) {
            throw new RefusedException(417, "an expectation that cannot be met");
        }
        return true;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static RefusedException malformed(String why) {
        return new RefusedException(400, why);
    }
}

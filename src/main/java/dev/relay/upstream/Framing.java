package dev.relay.upstream;

import dev.relay.http.Head;
import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.util.List;
import java.util.Locale;

/**
 * Checks how a response says where its body ends (RFC 9112 §6.3, RFC 9110 §8.6). The JDK's parser takes the first of
 * several lengths and prefers a length to chunks, silently: either way a wrong body would pass for whole.
 */
public final class Framing {
    private Framing() {}

    /**
     * The length of the body that the head promises.
     *
     * @return bytes, or -1 when the head does not say
     * @throws FaultException 56 when the head contradicts itself
     */
    public static long length(Head head, boolean toHead, Url url) throws FaultException {
        List<String> lengths = head.headers().all("Content-Length");
        List<String> codings = head.headers().all("Transfer-Encoding");
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            throw malformed(url, "both Content-Length and Transfer-Encoding");
        }
        for (int i = 0; i < codings.size(); i++) {
            if (!codings.get(i).trim().toLowerCase(Locale.ROOT).equals("chunked") || i > 0) {
                throw malformed(url, "the Transfer-Encoding " + codings.get(i) + " cannot be undone");
            }
        }
        long length = -1;
        for (String text : lengths) {
            long one = number(text, url);
            if (length >= 0 && one != length) {
                throw malformed(url, "two Content-Lengths that differ: " + length + " and " + one);
            }
            length = one;
        }
        boolean bodiless = toHead || head.status() == 204 || head.status() == 304;
        return bodiless ? 0 : length;
    }

    private static long number(String text, Url url) throws FaultException {
        String digits = text.trim();
        boolean valid = !digits.isEmpty() && digits.length() <= 18;
        for (int i = 0; valid && i < digits.length(); i++) {
            valid = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
        }
        if (!valid) {
            throw malformed(url, "the Content-Length " + digits + " is no number");
        }
        return Long.parseLong(digits);
    }

    private static FaultException malformed(Url url, String why) {
        return Fault.of(ExitCode.RECEIVING_FAILED, url.toString(), "malformed response: " + why)
                .exception();
    }
}

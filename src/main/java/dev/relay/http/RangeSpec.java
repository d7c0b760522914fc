package dev.relay.http;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.util.ArrayList;
import java.util.List;

/**
 * The byte ranges that a request asks for (RFC 9110 §14.1.2).
 *
 * @param spans at least one
 */
public record RangeSpec(List<Span> spans) {

    /** One range. */
    public sealed interface Span {}

    /** {@code 0-99}: both ends belong to it. */
    public record Closed(long first, long last) implements Span {}

    /** {@code 100-}: to the end. */
    public record From(long first) implements Span {}

    /** {@code -500}: the last bytes. */
    public record Suffix(long length) implements Span {}

    public RangeSpec {
        spans = List.copyOf(spans);
        if (spans.isEmpty()) {
            throw new IllegalArgumentException("no range");
        }
    }

    /** Reads the value of {@code -r}, such as {@code 0-99}, {@code -500}, {@code 100-} or {@code 0-1,4-5}. */
    public static RangeSpec parse(String text) throws FaultException {
        var spans = new ArrayList<Span>();
        for (int from = 0; from <= text.length(); ) {
            int comma = text.indexOf(',', from);
            int end = comma < 0 ? text.length() : comma;
            spans.add(span(text, text.substring(from, end).strip()));
            from = end + 1;
        }
        return new RangeSpec(spans);
    }

    private static Span span(String whole, String text) throws FaultException {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw usage(whole, "a range has a dash: 0-99, 100- or -500");
        }
        boolean isSuffix = dash == 0;
        boolean isOpen = dash == text.length() - 1;
        long first = isSuffix ? 0 : Decimal.parse(text.substring(0, dash));
        long last = isOpen ? Long.MAX_VALUE : Decimal.parse(text.substring(dash + 1));
        if ((isSuffix && isOpen) || first < 0 || last < 0) {
            throw usage(whole, "its bounds are whole numbers: 0-99, 100- or -500");
        }
        if (isSuffix) {
            if (last == 0) {
                throw usage(whole, "the last 0 bytes are none");
            }
            return new Suffix(last);
        }
        if (last < first) {
            throw usage(whole, "it ends before it begins");
        }
        return isOpen ? new From(first) : new Closed(first, last);
    }

    private static FaultException usage(String text, String why) {
        return Fault.of(ExitCode.USAGE, "--range " + text, why).exception();
    }

    /** Whether the answer is one part, not a multipart body. */
    public boolean isSingle() {
        return spans.size() == 1;
    }

    /** Whether that part is what was asked for; false also for several ranges, which no single part answers. */
    public boolean isAnsweredBy(ContentRange.Part part) {
        return isSingle()
                && switch (spans.getFirst()) {
                    case Closed(long first, long last) ->
                        part.first() == first && (part.last() == last || (part.last() < last && part.isTail()));
                    case From(long first) ->
                        part.first() == first && (part.total().isEmpty() || part.isTail());
                    case Suffix(long length) ->
                        part.total().isEmpty()
                                ? part.length() <= length
                                : part.isTail()
                                        && part.length()
                                                == Math.min(length, part.total().getAsLong());
                };
    }

    /** Whether a single part is one of what was asked for. */
    public boolean isAnsweredByOne(ContentRange.Part part) {
        for (Span span : spans) {
            if (new RangeSpec(List.of(span)).isAnsweredBy(part)) {
                return true;
            }
        }
        return false;
    }

    /** The value of a Range header field: {@code bytes=0-99}. */
    public String headerValue() {
        return "bytes=" + this;
    }

    /** The ranges without their unit: {@code 0-1,4-5}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (Span span : spans) {
            text.append(text.isEmpty() ? "" : ",");
            switch (span) {
                case Closed(long first, long last) ->
                    text.append(first).append('-').append(last);
                case From(long first) -> text.append(first).append('-');
                case Suffix(long length) -> text.append('-').append(length);
            }
        }
        return text.toString();
    }
}

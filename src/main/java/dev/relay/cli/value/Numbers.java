package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;

/** Whole numbers within bounds. */
public final class Numbers {
    private Numbers() {}

    public static int read(Option option, String text, int least, int most) throws FaultException {
        long number = wholeNumber(text);
        if (number < least || number > most) {
            String range = most == Integer.MAX_VALUE ? "of " + least + " or more" : "from " + least + " to " + most;
            throw Misuse.of(option, Misuse.quoted(text) + " is not a whole number " + range);
        }
        return (int) number;
    }

    /** {@link Long#MIN_VALUE} when the text is anything but digits with at most a minus before them. */
    private static long wholeNumber(String text) {
        int digits = text.startsWith("-") ? 1 : 0;
        if (text.length() == digits || text.length() > digits + 10) {
            return Long.MIN_VALUE;
        }
        for (int i = digits; i < text.length(); i++) {
            if (!Amount.isDigit(text.charAt(i))) {
                return Long.MIN_VALUE;
            }
        }
        return Long.parseLong(text);
    }
}

package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Recovery;
import java.util.ArrayList;

/** Lists of what a request is tried again for: {@code 503,5xx,reset,timeout,refused,dns}. */
public final class Conditions {
    private Conditions() {}

    public static Recovery.Transient read(Option option, String text) throws FaultException {
        boolean reset = false;
        boolean timeout = false;
        boolean refused = false;
        boolean name = false;
        var statuses = new ArrayList<Integer>();
        for (String item : text.split(",", -1)) {
            switch (item.strip()) {
                case "reset" -> reset = true;
                case "timeout" -> timeout = true;
                case "refused" -> refused = true;
                case "dns" -> name = true;
                default -> statuses.add(status(option, item.strip()));
            }
        }
        return new Recovery.Transient(false, reset, timeout, refused, name, statuses);
    }

    private static int status(Option option, String text) throws FaultException {
        if (text.equals("4xx") || text.equals("5xx")) {
            return text.charAt(0) - '0';
        }
        boolean three = text.length() == 3 && (text.charAt(0) == '4' || text.charAt(0) == '5');
        if (!three || !Amount.isDigit(text.charAt(1)) || !Amount.isDigit(text.charAt(2))) {
            throw Misuse.of(
                    option.name(),
                    Misuse.quoted(text) + " is nothing to try again for",
                    "statuses from 400 to 599, 4xx, 5xx, reset, timeout, refused, dns");
        }
        return Integer.parseInt(text);
    }
}

package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Routing.ConnectTo;
import dev.relay.plan.Routing.Resolve;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code --resolve HOST:PORT:ADDRESS[,ADDRESS]} and {@code --connect-to HOST1:PORT1:HOST2:PORT2}, as curl has them. */
public final class HostPorts {
    private final Option option;
    private final String text;

    private HostPorts(Option option, String text) {
        this.option = option;
        this.text = text;
    }

    /** A leading plus, which gives curl's entry a life span, changes nothing; addresses may stand in brackets. */
    public static Resolve resolve(Option option, String text) throws FaultException {
        var reader = new HostPorts(option, text);
        List<String> fields = fields(text.startsWith("+") ? text.substring(1) : text, 3);
        if (fields.size() < 3 || fields.getFirst().isEmpty() || fields.get(2).isEmpty()) {
            throw reader.misuse(" is not HOST:PORT:ADDRESS");
        }
        var addresses = new ArrayList<InetAddress>();
        for (String address : fields.get(2).split(",", -1)) {
            addresses.add(reader.address(address.strip()));
        }
        return new Resolve(lowerCase(fields.getFirst()), reader.port(fields.get(1)), addresses);
    }

    /** Any field may be empty: any host or port on the left, the same one on the right. */
    public static ConnectTo connectTo(Option option, String text) throws FaultException {
        var reader = new HostPorts(option, text);
        List<String> fields = fields(text, 4);
        if (fields.size() < 3 || fields.getLast().indexOf(':') >= 0) {
            throw reader.misuse(" is not HOST1:PORT1:HOST2:PORT2");
        }
        return new ConnectTo(
                orNull(fields.get(0)),
                reader.portOrNull(fields.get(1)),
                orNull(fields.get(2)),
                fields.size() < 4 ? null : reader.portOrNull(fields.get(3)));
    }

    /** Splits at colons outside brackets; the last field keeps the colons that are left. */
    private static List<String> fields(String text, int most) {
        var fields = new ArrayList<String>();
        int from = 0;
        boolean bracketed = false;
        for (int i = 0; i < text.length() && fields.size() < most - 1; i++) {
            char c = text.charAt(i);
            bracketed = c == '[' || (bracketed && c != ']');
            if (c == ':' && !bracketed) {
                fields.add(text.substring(from, i));
                from = i + 1;
            }
        }
        fields.add(text.substring(from));
        return fields;
    }

    private InetAddress address(String literal) throws FaultException {
        boolean bracketed = literal.startsWith("[") && literal.endsWith("]");
        try {
            return InetAddress.ofLiteral(bracketed ? literal.substring(1, literal.length() - 1) : literal);
        } catch (IllegalArgumentException _) {
            throw misuse(": " + Misuse.quoted(literal) + " is not an IP address");
        }
    }

    private @Nullable Integer portOrNull(String port) throws FaultException {
        return port.isEmpty() ? null : port(port);
    }

    private int port(String port) throws FaultException {
        int number = 0;
        for (int i = 0; i < port.length(); i++) {
            number = Amount.isDigit(port.charAt(i)) && number <= 65535 ? number * 10 + port.charAt(i) - '0' : 65536;
        }
        if (number < 1 || number > 65535) {
            throw misuse(": " + Misuse.quoted(port) + " is not a port from 1 to 65535");
        }
        return number;
    }

    private static @Nullable String orNull(String host) {
        return host.isEmpty() ? null : lowerCase(host);
    }

    private static String lowerCase(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private FaultException misuse(String why) {
        return Misuse.of(option, Misuse.quoted(text) + why);
    }
}

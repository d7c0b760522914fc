package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Routing.Family;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The address of this machine that connections come from: by itself, or by the name of a network interface. */
public final class LocalAddress {
    private static final String INTERFACE = "if!";
    private static final String HOST = "host!";

    private LocalAddress() {}

    /**
     * Reads one; curl's {@code if!NAME} and {@code host!ADDRESS} say which of the two is meant.
     *
     * @throws FaultException 45 when this machine has no such interface, or none of its addresses is of that family
     */
    public static InetAddress read(Option option, String text, Family family) throws FaultException {
        boolean isHost = text.startsWith(HOST);
        boolean isInterface = text.startsWith(INTERFACE);
        String name = isHost ? text.substring(HOST.length()) : isInterface ? text.substring(INTERFACE.length()) : text;
        InetAddress literal = isInterface ? null : literal(name);
        List<InetAddress> addresses = literal != null ? List.of(literal) : isHost ? List.of() : ofInterface(name);
        if (addresses.isEmpty()) {
            throw unusable(option, Misuse.quoted(name) + " is no network interface of this machine, and no address");
        }
        for (InetAddress address : addresses) {
            boolean four = address instanceof Inet4Address;
            if (family == Family.ANY || four == (family == Family.IPV4)) {
                return address;
            }
        }
        throw unusable(option, Misuse.quoted(name) + " has no address of that family");
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** IPv4 first: most servers have it. */
    private static List<InetAddress> ofInterface(String name) {
        var addresses = new ArrayList<InetAddress>();
        try {
            NetworkInterface found = name.isEmpty() ? null : NetworkInterface.getByName(name);
            if (found != null) {
                addresses.addAll(Collections.list(found.getInetAddresses()));
            }
        } catch (SocketException _) {
            // The system does not tell of its interfaces: then none of that name is known.
        }
        addresses.sort((one, other) -> Boolean.compare(other instanceof Inet4Address, one instanceof Inet4Address));
        return addresses;
    }

    private static FaultException unusable(Option option, String why) {
        return Fault.of(ExitCode.INTERFACE_UNUSABLE, option.name(), why).exception();
    }
}

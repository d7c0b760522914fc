package dev.relay.wire.proxy;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy is to connect to.
 *
 * @param host a name, or an address without brackets
 * @param address the same as an address; null for a name that the proxy looks up
 */
public record Destination(String host, @Nullable InetAddress address, int port) {
    public static Destination of(String host, int port) {
        InetAddress literal;
        try {
            literal = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            literal = null;
        }
        return new Destination(host, literal, port);
    }

    public static Destination of(InetAddress address, int port) {
        return new Destination(address.getHostAddress(), address, port);
    }

    /** {@code host:port}, as a request line has it (RFC 9112 §3.2.3). */
    public String authority() {
        String bare = address == null ? host : address.getHostAddress();
        int zone = bare.indexOf('%');
        String plain = zone < 0 ? bare : bare.substring(0, zone);
        return (plain.indexOf(':') < 0 ? plain : "[" + plain + "]") + ":" + port;
    }

    boolean isIp4() {
        return address instanceof Inet4Address;
    }

    void writePort(ByteArrayOutputStream out) {
        out.write(port >> 8);
        out.write(port);
    }

    byte[] name() {
        return host.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return authority();
    }
}

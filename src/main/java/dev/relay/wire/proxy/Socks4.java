package dev.relay.wire.proxy;

import dev.relay.http.auth.Login;
import dev.relay.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks a SOCKS 4 proxy for a connection, by address, or by name where it knows the extension 4A. */
public final class Socks4 {
    private static final int VERSION = 4;
    private static final int CONNECT = 1;
    private static final int GRANTED = 90;
    private static final int WRONG_USER = 93;
    /** An address that is none: a name follows. */
    private static final byte[] NAMED = {0, 0, 0, 1};

    private Socks4() {}

    /**
     * Returns once the line leads to that destination.
     *
     * @param login the user that the proxy may ask about; a password has no place here; null for none
     * @param deadline until when, as {@link System#nanoTime} has it
     * @throws RefusedException when the proxy does not make the connection
     * @throws ProtocolException when it speaks something else
     */
    public static void connect(Line line, Destination to, @Nullable Login login, long deadline) throws IOException {
        InetAddress address = to.address();
        if (address != null && !to.isIp4()) {
            throw RefusedException.of("SOCKS 4 knows no IPv6: " + to);
        }
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        out.write(CONNECT);
        to.writePort(out);
        out.writeBytes(address == null ? NAMED : address.getAddress());
        out.writeBytes(login == null ? new byte[0] : login.user().getBytes(StandardCharsets.UTF_8));
        out.write(0);
        if (address == null) {
            out.writeBytes(to.name());
            out.write(0);
        }
        var dialogue = new Dialogue(line, deadline);
        dialogue.say(out.toByteArray());
        byte[] answer = dialogue.hear(8);
        int code = answer[1] & 0xFF;
        if (answer[0] != 0) {
            throw new ProtocolException("it does not speak SOCKS 4");
        }
        if (code != GRANTED) {
            boolean login4 = code > 91 && code <= WRONG_USER;
            String why = login4 ? "it does not know the user" : "refused or failed";
            throw new RefusedException("it has not connected to " + to + ": " + why, login4);
        }
    }
}

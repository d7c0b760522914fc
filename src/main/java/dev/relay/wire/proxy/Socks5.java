package dev.relay.wire.proxy;

import dev.relay.http.auth.Login;
import dev.relay.wire.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks a SOCKS 5 proxy for a connection (RFC 1928), with a user name and a password where it wants them (RFC 1929). */
public final class Socks5 {
    private static final int VERSION = 5;
    private static final int CONNECT = 1;
    private static final int ANYBODY = 0;
    private static final int PASSWORD = 2;
    private static final int PASSWORD_VERSION = 1;
    private static final int IP_4 = 1;
    private static final int NAME = 3;
    private static final int IP_6 = 4;
    private static final int LONGEST = 255;

    private final Dialogue dialogue;

    private Socks5(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /**
     * Returns once the line leads to that destination.
     *
     * @param login null for none
     * @param deadline until when, as {@link System#nanoTime} has it
     * @throws RefusedException when the proxy does not make the connection
     * @throws ProtocolException when it speaks something else
     */
    public static void connect(Line line, Destination to, @Nullable Login login, long deadline) throws IOException {
        var socks = new Socks5(new Dialogue(line, deadline));
        socks.greet(login);
        socks.ask(to);
    }

    private void greet(@Nullable Login login) throws IOException {
        dialogue.say(login == null ? new byte[] {VERSION, 1, ANYBODY} : new byte[] {VERSION, 2, ANYBODY, PASSWORD});
        byte[] answer = dialogue.hear(2);
        checkVersion(answer[0]);
        if (answer[1] == PASSWORD && login != null) {
            show(login);
        } else if (answer[1] != ANYBODY) {
            throw new RefusedException(
                    login == null ? "it wants a login" : "it takes no login with a user name and a password", true);
        }
    }

    private void show(Login login) throws IOException {
        byte[] user = login.user().getBytes(StandardCharsets.UTF_8);
        byte[] password = login.password().reveal().getBytes(StandardCharsets.UTF_8);
        if (user.length > LONGEST || password.length > LONGEST) {
            throw new RefusedException("SOCKS has no room for a user name or password of over 255 bytes", true);
        }
        var out = new ByteArrayOutputStream();
        out.write(PASSWORD_VERSION);
        out.write(user.length);
        out.writeBytes(user);
        out.write(password.length);
        out.writeBytes(password);
        dialogue.say(out.toByteArray());
        if (dialogue.hear(2)[1] != 0) {
            throw new RefusedException("it refuses the user name or the password", true);
        }
    }

    private void ask(Destination to) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {VERSION, CONNECT, 0});
        InetAddress address = to.address();
        if (address != null) {
            out.write(to.isIp4() ? IP_4 : IP_6);
            out.writeBytes(address.getAddress());
        } else {
            byte[] name = to.name();
            out.write(NAME);
            out.write(name.length);
            out.writeBytes(name);
        }
        to.writePort(out);
        dialogue.say(out.toByteArray());
        byte[] answer = dialogue.hear(4);
        checkVersion(answer[0]);
        if (answer[1] != 0) {
            throw RefusedException.of("it has not connected to " + to + ": " + reason(answer[1] & 0xFF));
        }
        // Where the connection comes from, which is of no interest, but stands before what is.
        int length = switch (answer[3]) {
            case IP_4 -> 4;
            case IP_6 -> 16;
            case NAME -> dialogue.hear(1)[0] & 0xFF;
            default -> throw new ProtocolException("it names an address of no known kind");
        };
        byte[] _ = dialogue.hear(length + 2);
    }

    private static void checkVersion(byte version) throws ProtocolException {
        if (version != VERSION) {
            throw new ProtocolException("it does not speak SOCKS 5");
        }
    }

    private static String reason(int code) {
        return switch (code) {
            case 1 -> "general failure";
            case 2 -> "not allowed by its rules";
            case 3 -> "network unreachable";
            case 4 -> "host unreachable, or its name unknown";
            case 5 -> "connection refused";
            case 6 -> "the packets lived too short";
            case 7 -> "it makes no connections";
            case 8 -> "it knows no addresses of this kind";
            default -> "reason " + code;
        };
    }
}

package dev.relay.support;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on raw sockets that speaks HTTP (CONNECT and forwarding) and SOCKS 4 and 5, whichever the client begins with,
 * and keeps what it was asked, byte for byte. It goes where it is asked to, or always to one port of this machine.
 */
public final class ScriptedProxy implements AutoCloseable {
    private final Reception reception;
    private final List<String> heads = new ArrayList<>();
    private final List<String> destinations = new ArrayList<>();
    private @Nullable TlsIdentity identity;
    private @Nullable String login;
    private boolean digest;
    private @Nullable String raw;
    private boolean silent;
    private int socksReply;
    private int port;

    public ScriptedProxy() {
        try {
            reception = new Reception(
                    InetAddress.getLoopbackAddress(),
                    0,
                    (number, socket) -> Wire.accepted(number, socket, identity),
                    this::hold);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every destination is that port of this machine, whatever its name. */
    public ScriptedProxy leadingTo(int onlyPort) {
        port = onlyPort;
        return this;
    }

    /** Lets in who says {@code user:password}, as Basic. */
    public ScriptedProxy wanting(String userAndPassword) {
        login = userAndPassword;
        return this;
    }

    /** Lets in who says {@code user:password}, as Digest. */
    public ScriptedProxy wantingDigest(String userAndPassword) {
        digest = true;
        return wanting(userAndPassword);
    }

    /** Answers whatever it is asked with these bytes, and closes. */
    public ScriptedProxy answering(String latin1) {
        raw = latin1;
        return this;
    }

    /** Takes everything and says nothing. */
    public ScriptedProxy silent() {
        silent = true;
        return this;
    }

    /** Refuses every SOCKS request with that code. */
    public ScriptedProxy refusingWith(int code) {
        socksReply = code;
        return this;
    }

    /** Speaks TLS, as whom the identity says. */
    public ScriptedProxy as(TlsIdentity who) {
        identity = who;
        return this;
    }

    public int port() {
        return reception.port();
    }

    /** {@code 127.0.0.1:PORT}. */
    public String authority() {
        return "127.0.0.1:" + port();
    }

    /** The heads of all requests that HTTP brought, verbatim. */
    public List<String> heads() {
        synchronized (heads) {
            return List.copyOf(heads);
        }
    }

    /** Where SOCKS was to lead: {@code host:port}, after the login where there was one: {@code user:pass@host:port}. */
    public List<String> destinations() {
        synchronized (heads) {
            return List.copyOf(destinations);
        }
    }

    public int connections() {
        return reception.connections();
    }

    private void hold(Wire wire) throws IOException, InterruptedException {
        try {
            if (silent) {
                while (wire.in().read() >= 0) {}
            } else if (wire.startsWith("\5")) {
                socks5(wire);
            } else if (wire.startsWith("\4")) {
                socks4(wire);
            } else {
                http(wire);
            }
        } finally {
            wire.close();
        }
    }

    private void http(Wire wire) throws IOException {
        String head = head(wire.in());
        while (!head.isEmpty()) {
            synchronized (heads) {
                heads.add(head);
            }
            if (raw != null) {
                send(wire, raw);
                wire.finish();
                return;
            }
            String[] words = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
            String refusal = refusal(head, words);
            if (refusal != null) {
                send(wire, refusal);
                head = head(wire.in());
            } else if (words[0].equals("CONNECT")) {
                try (Socket server = open(words[1])) {
                    send(wire, "HTTP/1.1 200 Connection established\r\n\r\n");
                    join(wire, server);
                }
                return;
            } else {
                forward(wire, head, words[1]);
                return;
            }
        }
    }

    /** One server for all requests of a connection: enough for tests. */
    private void forward(Wire wire, String first, String url) throws IOException {
        String authority = url.substring("http://".length(), url.indexOf('/', "http://".length()));
        try (Socket server = open(authority.contains(":") ? authority : authority + ":80")) {
            reception.start("back", () -> pump(server.getInputStream(), wire.out(), wire));
            for (String head = first; !head.isEmpty(); head = head(wire.in())) {
                if (!head.equals(first)) {
                    synchronized (heads) {
                        heads.add(head);
                    }
                }
                var kept = new StringBuilder();
                for (String line : head.split("\r\n", -1)) {
                    String plain = kept.isEmpty() ? line.replace("http://" + authority, "") : line;
                    if (!line.toLowerCase(Locale.ROOT).startsWith("proxy-") && !line.isEmpty()) {
                        kept.append(plain).append("\r\n");
                    }
                }
                server.getOutputStream().write(kept.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private @Nullable String refusal(String head, String[] words) {
        if (login == null) {
            return null;
        }
        String said = "";
        for (String line : head.split("\r\n", -1)) {
            if (line.startsWith("Proxy-Authorization: ")) {
                said = line.substring("Proxy-Authorization: ".length());
            }
        }
        String basic = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        boolean welcome = digest ? DigestCheck.isAnswer(said, login, words[0], words[1]) : said.equals(basic);
        String challenge = digest
                ? "Digest realm=\"proxy\", nonce=\"" + DigestCheck.NONCE + "\", qop=\"auth\", algorithm=MD5"
                : "Basic realm=\"proxy\"";
        return welcome
                ? null
                : "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: " + challenge
                        + "\r\nContent-Length: 6\r\n\r\nlogin\n";
    }

    private void socks5(Wire wire) throws IOException {
        InputStream in = wire.in();
        byte[] greeting = exactly(in, 2);
        byte[] methods = exactly(in, greeting[1]);
        boolean offers = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
        if (raw != null) {
            send(wire, raw);
            wire.finish();
            return;
        }
        String who = "";
        if (login != null) {
            send(wire, offers ? "\5\2" : "\5\u00ff");
            if (!offers) {
                wire.finish();
                return;
            }
            exactly(in, 1);
            String user = new String(exactly(in, in.read()), StandardCharsets.UTF_8);
            String password = new String(exactly(in, in.read()), StandardCharsets.UTF_8);
            who = user + ":" + password;
            send(wire, who.equals(login) ? "\1\0" : "\1\1");
            if (!who.equals(login)) {
                return;
            }
        } else {
            send(wire, "\5\0");
        }
        byte[] request = exactly(in, 4);
        String host = request[3] == 3
                ? new String(exactly(in, in.read()), StandardCharsets.US_ASCII)
                : InetAddress.getByAddress(exactly(in, request[3] == 1 ? 4 : 16))
                        .getHostAddress();
        int at = in.read() << 8 | in.read();
        note(who, host, at);
        if (socksReply != 0) {
            send(wire, "\5" + (char) socksReply + "\0\1\0\0\0\0\0\0");
            wire.finish();
            return;
        }
        try (Socket server = open(host + ":" + at)) {
            send(wire, "\5\0\0\3\4name\1\2");
            join(wire, server);
        }
    }

    private void socks4(Wire wire) throws IOException {
        InputStream in = wire.in();
        exactly(in, 2);
        int at = in.read() << 8 | in.read();
        byte[] address = exactly(in, 4);
        String user = untilZero(in);
        boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0 && address[3] != 0;
        String host = named ? untilZero(in) : InetAddress.getByAddress(address).getHostAddress();
        note(user, host, at);
        if (socksReply != 0) {
            send(wire, "\0" + (char) socksReply + "\0\0\0\0\0\0");
            wire.finish();
            return;
        }
        try (Socket server = open(host + ":" + at)) {
            send(wire, "\0Z\0\0\0\0\0\0");
            join(wire, server);
        }
    }

    private void note(String who, String host, int at) {
        synchronized (heads) {
            destinations.add((who.isEmpty() ? "" : who + "@") + host + ":" + at);
        }
    }

    private Socket open(String authority) throws IOException {
        int colon = authority.lastIndexOf(':');
        String host = authority.substring(0, colon).replace("[", "").replace("]", "");
        int to = port == 0 ? Integer.parseInt(authority.substring(colon + 1)) : port;
        return new Socket(port == 0 ? InetAddress.getByName(host) : InetAddress.getLoopbackAddress(), to);
    }

    private void join(Wire wire, Socket server) throws IOException {
        reception.start("back", () -> pump(server.getInputStream(), wire.out(), wire));
        InputStream in = wire.in();
        byte[] buffer = new byte[16 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            server.getOutputStream().write(buffer, 0, count);
        }
    }

    /** What the server sends, and its end as it was: FIN or RST. */
    private static void pump(InputStream in, OutputStream out, Wire wire) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
            wire.cut();
        } catch (IOException e) {
            wire.reset();
        }
    }

    private static void send(Wire wire, String latin1) throws IOException {
        wire.out().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        wire.out().flush();
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the client left");
        }
        return bytes;
    }

    private static String untilZero(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            text.append((char) c);
        }
        return text.toString();
    }

    /** The next head; empty at the end. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            last = last << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        reception.close();
    }
}

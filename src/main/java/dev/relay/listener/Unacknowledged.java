package dev.relay.listener;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How much of what was sent the other side's system has not confirmed yet. Sockets do not tell it in Java, but Linux
 * lists it in {@code /proc/net/tcp}: the only way to know that the last bytes did arrive, for a client that leaves in
 * good order and one that is killed with bytes on their way look the same to a reader.
 */
final class Unacknowledged {
    /** Nobody lists it here. */
    static final long UNKNOWN = -1;
    /** The connection is not listed any more: it was reset, or both sides have ended it. */
    static final long ABSENT = -2;

    private static final Path[] TABLES = {Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp")};
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int QUEUES = 4;

    private Unacknowledged() {}

    /** Bytes, or {@link #UNKNOWN}, or {@link #ABSENT}. */
    static long of(InetSocketAddress local, InetSocketAddress remote) {
        String localPort = ":" + port(local);
        String remoteEnd = address(remote.getAddress()) + ":" + port(remote);
        boolean listed = false;
        for (Path table : TABLES) {
            try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
                listed = true;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.contains(remoteEnd)) {
                        String[] columns = line.strip().split(" +", -1);
                        if (columns[LOCAL].endsWith(localPort) && columns[REMOTE].endsWith(remoteEnd)) {
                            return Long.parseLong(columns[QUEUES].substring(0, 8), 16);
                        }
                    }
                }
            } catch (IOException _) {
                // No such table: another system, or one without this family of addresses.
            }
        }
        return listed ? ABSENT : UNKNOWN;
    }

    private static String port(InetSocketAddress end) {
        return String.format(Locale.ROOT, "%04X", end.getPort());
    }

    /** As the kernel prints it: words of four bytes, each in the order of the machine. An IPv4 address may stand in IPv6's. */
    private static String address(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        var text = new StringBuilder();
        for (int word = 0; word < bytes.length; word += 4) {
            for (int i = 0; i < 4; i++) {
                text.append(String.format(Locale.ROOT, "%02X", bytes[word + (little ? 3 - i : i)]));
            }
        }
        return text.toString();
    }
}

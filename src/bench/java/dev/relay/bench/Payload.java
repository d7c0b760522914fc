package dev.relay.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;

/** The bytes of a bulk download: noise with a period that is prime, so that no piece of it can stand for another. */
final class Payload {
    private static final int PERIOD = 1_048_573;
    private static final ByteBuffer NOISE = noise();

    private Payload() {}

    /** Writes that many bytes. */
    static void write(long length, WritableByteChannel out) throws IOException {
        write(0, length, out);
    }

    /** Writes so many bytes, from an offset on. */
    static void write(long from, long length, WritableByteChannel out) throws IOException {
        var noise = NOISE.duplicate();
        int start = (int) (from % PERIOD);
        for (long left = length; left > 0; start = 0) {
            noise.clear().position(start).limit((int) Math.min(start + left, PERIOD));
            left -= noise.remaining();
            while (noise.hasRemaining()) {
                out.write(noise);
            }
        }
    }

    /** The CRC-32C of that many bytes. */
    static long crc32c(long length) throws IOException {
        var crc = new CRC32C();
        var noise = NOISE.duplicate();
        for (long left = length; left > 0; left -= PERIOD) {
            crc.update(noise.position(0).limit((int) Math.min(left, PERIOD)));
        }
        return crc.getValue();
    }

    /** The SHA-256 of that many bytes, in hexadecimal digits. */
    static String sha256(long length) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        var noise = NOISE.duplicate();
        for (long left = length; left > 0; left -= PERIOD) {
            digest.update(noise.position(0).limit((int) Math.min(left, PERIOD)));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static ByteBuffer noise() {
        var bytes = new byte[PERIOD];
        new Random(1).nextBytes(bytes);
        return ByteBuffer.allocateDirect(PERIOD).put(bytes).flip();
    }
}

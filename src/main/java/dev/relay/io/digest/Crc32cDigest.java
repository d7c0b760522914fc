package dev.relay.io.digest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/** CRC-32C in the shape of the other digests: four bytes, the most significant first. */
final class Crc32cDigest extends MessageDigest {
    private final CRC32C sum = new CRC32C();

    Crc32cDigest() {
        super("CRC32C");
    }

    @Override
    protected int engineGetDigestLength() {
        return Integer.BYTES;
    }

    @Override
    protected void engineUpdate(byte input) {
        sum.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        sum.update(input, offset, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        sum.update(input);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] value =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
        engineReset();
        return value;
    }

    @Override
    protected void engineReset() {
        sum.reset();
    }
}

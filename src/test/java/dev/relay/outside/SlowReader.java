package dev.relay.outside;

import dev.relay.support.Gate;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A reader that takes a few bytes and then nothing until it is let; it keeps a digest, not the bytes. */
final class SlowReader implements WritableByteChannel {
    private final Gate gate;
    private final MessageDigest digest;
    private long left;
    private long taken;

    SlowReader(long bytes, Gate gate) throws NoSuchAlgorithmException {
        this.left = bytes;
        this.gate = gate;
        this.digest = MessageDigest.getInstance("SHA-256");
    }

    @Override
    public int write(ByteBuffer source) throws ClosedByInterruptException {
        if (left <= 0) {
            try {
                gate.pass();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        }
        int size = source.remaining();
        digest.update(source);
        left -= size;
        taken += size;
        return size;
    }

    long taken() {
        return taken;
    }

    byte[] digest() {
        return digest.digest();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}

package dev.relay.outside;

import java.io.InputStream;
import java.util.Arrays;

/** A standard input with a line that never ends. */
final class EndlessLine extends InputStream {
    @Override
    public int read() {
        return 'x';
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Arrays.fill(into, offset, offset + length, (byte) 'x');
        return length;
    }
}

package dev.relay.cli;

import java.io.IOException;
import java.io.InputStream;

/** Standard input after all of it was read as a file of options. */
final class ReadAlready extends InputStream {
    @Override
    public int read() throws IOException {
        throw new IOException("it was read already, for --config");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return read();
    }
}

package dev.relay.sink;

import dev.relay.io.ReaderGoneException;
import dev.relay.io.Reply;
import dev.relay.io.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Standard output: every piece is out when its write returns. */
final class StdoutSink implements Sink {
    private static final String WHERE = "standard output";

    private final WritableByteChannel stdout;
    private final @Nullable TerminalText terminal;

    private long written;

    private StdoutSink(WritableByteChannel stdout, @Nullable TerminalText terminal) {
        this.stdout = stdout;
        this.terminal = terminal;
    }

    /** Bytes go as they are. */
    static StdoutSink plain(WritableByteChannel stdout) {
        return new StdoutSink(stdout, null);
    }

    /** A terminal is shown text, and obeys nothing. */
    static StdoutSink onTerminal(WritableByteChannel stdout) {
        return new StdoutSink(stdout, new TerminalText());
    }

    @Override
    public void begin(Reply reply) {}

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        send(terminal == null ? bytes : terminal.shown(bytes));
    }

    @Override
    public void commit() throws IOException {
        close();
    }

    /** Shows what is still held back; standard output itself stays open. */
    @Override
    public void close() throws IOException {
        if (terminal != null) {
            send(terminal.end());
        }
    }

    private void send(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                int count = stdout.write(bytes);
                if (count == 0) {
                    // A pipe that somebody has made non-blocking: full.
                    LockSupport.parkNanos(1_000_000);
                }
                count(count);
            }
        } catch (IOException e) {
            throw BrokenPipe.is(e) ? new ReaderGoneException(e) : WriteFault.of(WHERE, e);
        }
    }

    private void count(int bytes) {
        boolean before = written < PipeCapacity.WORTHWHILE;
        written += bytes;
        // Only the process's own standard output is a file channel.
        if (before && written >= PipeCapacity.WORTHWHILE && stdout instanceof FileChannel) {
            PipeCapacity.grow();
        }
    }
}

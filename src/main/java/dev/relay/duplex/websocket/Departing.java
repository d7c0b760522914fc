package dev.relay.duplex.websocket;

import dev.relay.duplex.Outlet;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes messages of what standard input has: of each line, or of each piece as it comes. */
final class Departing implements Outlet {
    private final Sender sender;
    private final Farewell farewell;
    /** Null when the pieces are the messages. */
    private final @Nullable Lines lines;

    private final @Nullable Duration linger;

    Departing(Sender sender, Farewell farewell, Messages messages) {
        this.sender = sender;
        this.farewell = farewell;
        this.lines = messages.binary() ? null : new Lines(sender);
        this.linger = messages.linger();
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (lines == null) {
            sender.gather(Opcode.BINARY, true, bytes);
            sender.flush();
        } else {
            gather(() -> lines.take(bytes));
        }
    }

    /** Says that nothing more will come, and stays until the server has said so too. */
    @Override
    public void end() throws IOException {
        if (lines != null) {
            gather(lines::end);
        }
        farewell.leave(linger);
    }

    @Override
    public void abort() {
        farewell.fail(null);
    }

    private interface Gathering {
        void gather() throws IOException;
    }

    /** The lines before one that cannot be sent are sent. */
    private void gather(Gathering lines) throws IOException {
        try {
            lines.gather();
            sender.flush();
        } catch (FaultException e) {
            sender.flush();
            farewell.fail(e);
            throw e;
        }
    }
}

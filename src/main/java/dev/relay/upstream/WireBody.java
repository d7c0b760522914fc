package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.io.Chunks;
import dev.relay.io.Witness;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The body of a response that comes over a connection of relay's own. */
final class WireBody implements ReceivedBody {
    private final Chunks framed;
    private final Url url;
    private final long expected;
    private final boolean untilClose;
    private final @Nullable Upload upload;
    private final Witness witness;
    /** Takes the connection back, when it may serve on. */
    private final Runnable giveBack;

    private final Runnable giveUp;
    private long received;
    private boolean ended;
    private boolean read;
    private boolean silent;

    /**
     * @param framed knows where the body ends
     * @param expected the length that the head promises, -1 when it does not say
     * @param untilClose whether the end of the connection is the end of the body
     * @param upload what is still being sent; null for nothing
     */
    WireBody(
            Chunks framed,
            Url url,
            long expected,
            boolean untilClose,
            @Nullable Upload upload,
            Witness witness,
            Runnable giveBack,
            Runnable giveUp) {
        this.framed = framed;
        this.url = url;
        this.expected = expected;
        this.untilClose = untilClose;
        this.upload = upload;
        this.witness = witness;
        this.giveBack = giveBack;
        this.giveUp = giveUp;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            ByteBuffer bytes = framed.next();
            if (bytes != null) {
                received += bytes.remaining();
                return bytes;
            }
        } catch (IOException e) {
            close();
            throw broken(e);
        }
        ended = true;
        awaitUpload();
        read = true;
        giveBack.run();
        return null;
    }

    /** A server that has answered in full may still be taking what it was promised. */
    private void awaitUpload() throws IOException {
        if (upload == null) {
            return;
        }
        if (!upload.isStarted()) {
            witness.note(url + " answered without asking for the body: none of it was sent");
            return;
        }
        try {
            upload.await();
        } catch (IOException e) {
            giveUp.run();
            throw e;
        }
        FaultException failure = upload.failure();
        if (failure != null) {
            giveUp.run();
            throw failure;
        }
        if (upload.isBroken()) {
            witness.note(url + " answered without waiting for all of the body: it took " + upload.sent() + " bytes");
        }
    }

    private IOException broken(IOException e) {
        if (upload != null && upload.failure() != null) {
            return upload.failure();
        }
        if (e instanceof SocketTimeoutException) {
            silent = true;
            return fault(ExitCode.TIME_LIMIT, String.valueOf(e.getMessage()), e);
        }
        if (e instanceof InterruptedIOException || e instanceof FaultException) {
            return e;
        }
        if (e instanceof ProtocolException) {
            return fault(ExitCode.RECEIVING_FAILED, "malformed response: " + e.getMessage(), e);
        }
        if (untilClose && e instanceof EOFException) {
            return fault(ExitCode.RECEIVING_FAILED, String.valueOf(e.getMessage()), e);
        }
        return Faults.receiving(e, url, received, expected);
    }

    private FaultException fault(ExitCode code, String why, IOException cause) {
        return Fault.of(code, url.toString(), why).exception(cause);
    }

    @Override
    public boolean isStream() {
        return false;
    }

    @Override
    public boolean wasSilent() {
        return silent;
    }

    @Override
    public boolean leavesConnection() {
        return read;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            giveUp.run();
        }
    }
}

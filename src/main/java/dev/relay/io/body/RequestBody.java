package dev.relay.io.body;

import dev.relay.io.Chunks;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a request, which may be sent more than once: literal text and files can be opened again, standard input and
 * FIFOs only until the first of their bytes may have been taken. Nothing of it is held in memory.
 */
public final class RequestBody {
    private final Body plan;
    private final InputStream stdin;
    private final List<LocalFile> files;
    private final long length;
    private final boolean repeatable;
    private volatile boolean spent;

    private RequestBody(Body plan, InputStream stdin, List<LocalFile> files) throws IOException {
        this.plan = plan;
        this.stdin = stdin;
        this.files = files;
        this.repeatable = files.stream().allMatch(LocalFile::isRegular)
                && plan.pieces().stream().noneMatch(Body.FromStdin.class::isInstance);
        long known = lengthOfPieces();
        if (plan.declared() != null && known >= 0 && known != plan.declared()) {
            throw Fault.of(ExitCode.USAGE, "Content-Length", "the body has " + known + " bytes, not " + plan.declared())
                    .exception();
        }
        this.length = plan.chunked() ? -1 : plan.declared() == null ? known : plan.declared();
    }

    /**
     * Looks at the files that it is made of.
     *
     * @throws FaultException 26 when one cannot be read; 2 when the length that the user promised is another
     */
    public static RequestBody of(Body plan, Surroundings surroundings) throws IOException {
        var files = new ArrayList<LocalFile>();
        for (Body.Piece piece : plan.pieces()) {
            if (piece instanceof Body.FromFile file) {
                files.add(LocalFile.of(file));
            }
        }
        return new RequestBody(plan, surroundings.stdin(), files);
    }

    private long lengthOfPieces() throws IOException {
        long sum = 0;
        int file = 0;
        for (Body.Piece piece : plan.pieces()) {
            long one = switch (piece) {
                case Body.Literal(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
                case Body.FromFile _ -> files.get(file++).length();
                case Body.FromStdin _ -> -1;
            };
            if (one < 0) {
                return -1;
            }
            sum += one;
        }
        return sum;
    }

    /** How many bytes it has; -1 when that is not known, or not to be told. */
    public long length() {
        return length;
    }

    /** Whether the server may be asked first if it wants the body. */
    public boolean mayExpect() {
        return plan.expects();
    }

    /** Whether it can be sent as often as is wanted. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** Whether it can be sent now: nothing that can be read only once has been read. */
    public boolean canOpen() {
        return repeatable || !spent;
    }

    /**
     * Its bytes from the first on.
     *
     * @throws FaultException 65 when they were read already and cannot be read again; 26 when a file cannot be read, or
     *     is not as it was
     */
    public Chunks open() throws IOException {
        if (!canOpen()) {
            throw spent("the request").exception();
        }
        boolean again = spent;
        spent = true;
        return new JoinedPieces(plan.pieces(), files, stdin, again);
    }

    /**
     * Why it cannot be sent once more.
     *
     * @param where the URL that wants it
     */
    public Fault spent(String where) {
        boolean fifo = plan.pieces().stream().noneMatch(Body.FromStdin.class::isInstance);
        String what = fifo ? "a FIFO" : "standard input";
        return Fault.of(ExitCode.BODY_NOT_REPEATABLE, where, what + " was read already and can be read only once")
                .withHint("a file can be sent again");
    }
}

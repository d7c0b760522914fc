package dev.relay.listener;

import dev.relay.http.FileName;
import dev.relay.http.Headers;
import dev.relay.http.HttpDate;
import dev.relay.http.MediaType;
import dev.relay.http.Preconditions;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A regular file, with ranges and conditional requests answered here. */
final class FileOrigin implements Origin {
    /** One state of the file: it is another as soon as one of these differs. */
    record State(Object key, long size, Instant modified) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = Objects.requireNonNullElse(attributes.fileKey(), file);
            return new State(
                    key, attributes.size(), attributes.lastModifiedTime().toInstant());
        }

        String etag() {
            long time = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
            return "\"" + Integer.toHexString(key.hashCode()) + "-" + Long.toHexString(size) + "-"
                    + Long.toHexString(time) + "\"";
        }
    }

    private final Path file;
    private final String shown;
    private final InstantSource clock;

    /** @param shown the file's name as the user typed it */
    FileOrigin(Path file, String shown, InstantSource clock) {
        this.file = file;
        this.shown = shown;
        this.clock = clock;
    }

    @Override
    public Known prepare() throws FaultException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (Files.isDirectory(file)) {
                throw Fault.of(ExitCode.SOURCE_UNREADABLE, shown, "it is a directory")
                        .exception();
            }
            String name = FileName.safe(String.valueOf(file.getFileName())).orElse("download");
            return new Known(name, channel.size());
        } catch (FaultException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private FaultException unreadable(IOException e) {
        String why = e instanceof NoSuchFileException
                ? "no such file"
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
        return Fault.of(ExitCode.SOURCE_UNREADABLE, shown, why).exception(e);
    }

    @Override
    public Handed open(RequestHead request) throws IOException {
        FileChannel channel;
        State state;
        try {
            channel = FileChannel.open(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            state = State.of(file);
            return answer(request, channel, state);
        } catch (IOException e) {
            channel.close();
            throw unreadable(e);
        }
    }

    private Handed answer(RequestHead request, FileChannel channel, State state) throws IOException {
        Instant now = clock.instant();
        var conditions = new Preconditions(state.etag(), state.modified().truncatedTo(ChronoUnit.SECONDS));
        var fields = new ArrayList<Headers.Field>();
        fields.add(new Headers.Field("Date", HttpDate.format(now)));
        fields.add(new Headers.Field("ETag", state.etag()));
        fields.add(new Headers.Field("Last-Modified", HttpDate.format(conditions.modified())));
        fields.add(new Headers.Field("Cache-Control", "private, no-cache"));
        switch (conditions.of(request.headers(), now)) {
            case NOT_MODIFIED -> {
                return nothing(304, fields, channel);
            }
            case FAILED -> {
                return nothing(412, fields, channel);
            }
            case MET -> {}
        }
        fields.add(new Headers.Field("Accept-Ranges", "bytes"));
        // A HEAD asks for no part (RFC 9110 §14.2).
        boolean ranged = !request.isHead() && conditions.allowRange(request.headers(), now);
        Extent extent = ranged ? Extent.of(request.headers(), state.size()) : Extent.whole(state.size());
        if (extent.isUnsatisfiable()) {
            fields.add(new Headers.Field("Content-Range", "bytes */" + state.size()));
            return nothing(416, fields, channel);
        }
        fields.add(new Headers.Field("Content-Type", MediaType.ofName(shown)));
        if (extent.isPart()) {
            fields.add(new Headers.Field("Content-Range", extent.contentRange(state.size())));
        }
        var body = new FileBody(channel, file, state, extent.first(), extent.end());
        return new Handed(extent.isPart() ? 206 : 200, new Headers(fields), extent.end() - extent.first(), body);
    }

    private static Handed nothing(int status, List<Headers.Field> fields, FileChannel channel) throws IOException {
        channel.close();
        return new Handed(status, new Headers(fields), status == 304 ? -1 : 0, new NoBody());
    }

    @Override
    public void close() {}
}

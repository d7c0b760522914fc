package dev.relay.io.body;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is sent, as it was when it was first looked at.
 *
 * @param size its bytes then; -1 when it has no size that means anything: FIFOs, devices, files of the kernel
 * @param length how many bytes it becomes; -1 when that is not known
 */
record LocalFile(Path path, Body.Treatment treatment, boolean isRegular, long size, long length) {

    /** Looks at it; one that must be counted because of its treatment is read once for that. */
    static LocalFile of(Body.FromFile file) throws IOException {
        Path path = file.path();
        try {
            if (Files.isDirectory(path)) {
                throw fault(path, "it is a directory", null);
            }
            if (!Files.isRegularFile(path)) {
                if (!Files.exists(path)) {
                    throw new NoSuchFileException(path.toString());
                }
                return new LocalFile(path, file.treatment(), false, -1, -1);
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                long size = channel.size();
                // What the kernel makes up as it is read has a size of 0 and bytes all the same.
                boolean unknown = size == 0 && channel.read(ByteBuffer.allocate(1)) > 0;
                long length = unknown
                        ? -1
                        : file.treatment() == Body.Treatment.AS_IS ? size : counted(channel, file.treatment());
                return new LocalFile(path, file.treatment(), true, unknown ? -1 : size, length);
            }
        } catch (FaultException e) {
            throw e;
        } catch (IOException e) {
            throw fault(path, reason(e), e);
        }
    }

    private static long counted(FileChannel channel, Body.Treatment treatment) throws IOException {
        long sum = 0;
        var buffer = ByteBuffer.allocate(JoinedPieces.PIECE);
        while (channel.read(buffer.clear()) >= 0) {
            sum += Treating.of(treatment, buffer.flip()).remaining();
        }
        return sum;
    }

    /**
     * Opens it.
     *
     * @param again whether it has been sent before: then it must have the size that it had
     */
    FileChannel open(boolean again) throws IOException {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            long now = size < 0 ? -1 : channel.size();
            if (now < size || (again && now != size)) {
                channel.close();
                throw fault(path, "it had " + size + " bytes and has " + now, null);
            }
            return channel;
        } catch (FaultException e) {
            throw e;
        } catch (IOException e) {
            throw fault(path, reason(e), e);
        }
    }

    /** It ended before the bytes that were promised. */
    FaultException shrunk(long read) {
        return fault(path, "it had " + size + " bytes and ended after " + read + " while it was being sent", null);
    }

    FaultException unreadable(IOException e) {
        return fault(path, reason(e), e);
    }

    private static FaultException fault(Path path, String why, @Nullable Exception cause) {
        Fault fault = Fault.of(ExitCode.INPUT_FAILED, path.toString(), why);
        return cause == null ? fault.exception() : fault.exception(cause);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return message == null ? "cannot be read" : message;
    }
}

package dev.relay.sink;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/** What went wrong with an output, as the user is told it. */
final class WriteFault {
    private WriteFault() {}

    /** The failure as a fault with code 23; an interrupted write stays what it is, for its reason is told elsewhere. */
    static IOException of(Object where, IOException failure) {
        if (failure instanceof FaultException
                || failure instanceof ClosedChannelException
                || failure instanceof InterruptedIOException) {
            return failure;
        }
        Fault fault = because(where, why(failure));
        return (failure instanceof NoSuchFileException ? fault.withHint("--create-dirs makes it") : fault)
                .exception(failure);
    }

    static Fault because(Object where, String why) {
        return Fault.of(ExitCode.OUTPUT_FAILED, where.toString(), why);
    }

    static String why(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no such directory";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException taken -> taken.getFile() + " already exists";
            case FileSystemLoopException loop -> "too many levels of symbolic links";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}

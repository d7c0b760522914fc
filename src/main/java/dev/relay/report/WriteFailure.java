package dev.relay.report;

import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/** Why a file of the report's could not be written, in words. */
final class WriteFailure {
    private WriteFailure() {}

    /** The fault that says so. */
    static FaultException of(String where, Exception cause) {
        return Fault.of(ExitCode.OUTPUT_FAILED, where, why(cause)).exception(cause);
    }

    private static String why(Exception cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof InvalidPathException invalid) {
            return invalid.getReason();
        }
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }
}

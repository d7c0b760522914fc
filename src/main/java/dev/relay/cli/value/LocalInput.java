package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files that values are read from: {@code @FILE}, and {@code @-} for standard input, once. */
public final class LocalInput {
    /** The largest value or header file, in bytes. */
    private static final int LARGEST = 1 << 20;

    private final Surroundings surroundings;
    private boolean stdinTaken;

    public LocalInput(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** All of a file; {@code -} is standard input. */
    public byte[] bytes(Option option, String name) throws FaultException {
        if (name.equals("-")) {
            return stdin(option);
        }
        try {
            return bounded(option, name);
        } catch (FaultException e) {
            throw e;
        } catch (IOException e) {
            throw Fault.of(ExitCode.INPUT_FAILED, Misuse.onOneLine(name), reason(e))
                    .exception(e);
        }
    }

    /** An option's file is read whole: one without an end, such as a device, is refused. */
    private byte[] bounded(Option option, String name) throws IOException {
        try (InputStream file = Files.newInputStream(path(option, name))) {
            byte[] bytes = file.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Fault.of(ExitCode.INPUT_FAILED, Misuse.onOneLine(name), "larger than " + LARGEST + " bytes")
                        .exception();
            }
            return bytes;
        }
    }

    public String text(Option option, String name) throws FaultException {
        return new String(bytes(option, name), StandardCharsets.UTF_8);
    }

    /** A path as typed, from the working directory. */
    public Path path(Option option, String name) throws FaultException {
        if (name.isEmpty()) {
            throw Misuse.of(option, "the file name is empty");
        }
        try {
            return surroundings.workingDirectory().resolve(name);
        } catch (InvalidPathException e) {
            throw Fault.of(ExitCode.USAGE, option.name(), Misuse.quoted(name) + " is not a file name")
                    .exception(e);
        }
    }

    /** Standard input goes to what that option names; nothing else can have it. */
    public void claimStdin(Option option) throws FaultException {
        claimStdin(option.name());
    }

    /** The same for an operand. */
    public void claimStdin(String where) throws FaultException {
        if (stdinTaken) {
            throw Misuse.of(where, "standard input is read already");
        }
        stdinTaken = true;
    }

    private byte[] stdin(Option option) throws FaultException {
        claimStdin(option);
        try {
            return surroundings.stdin().readAllBytes();
        } catch (IOException e) {
            throw Fault.of(ExitCode.INPUT_FAILED, "standard input", reason(e)).exception(e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = e.getMessage();
        return message == null ? "cannot be read" : message.equals("Is a directory") ? "it is a directory" : message;
    }
}

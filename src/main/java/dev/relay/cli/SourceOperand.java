package dev.relay.cli;

import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;

/** The one source among the operands: a URL, a file, or {@code -}. */
final class SourceOperand {
    /** What it is. */
    enum Kind {
        URL,
        FILE,
        STDIN
    }

    private SourceOperand() {}

    static String only(Typed typed) throws FaultException {
        List<String> operands = typed.operands();
        if (operands.isEmpty() || operands.getFirst().isEmpty()) {
            throw Misuse.of("", "what to serve is missing", "relay serve URL, FILE or -");
        }
        if (operands.size() > 1) {
            throw Misuse.of(Misuse.onOneLine(operands.get(1)), "a second source; relay serves one");
        }
        return operands.getFirst();
    }

    /**
     * What has a scheme is a URL. Of the rest, what is there is a file; what looks like nothing but a URL, a host with a
     * path or a port, is one; and all else is a file that is missing.
     */
    static Kind kind(String operand, Surroundings surroundings) {
        if (operand.equals("-")) {
            return Kind.STDIN;
        }
        if (operand.contains("://")) {
            return Kind.URL;
        }
        try {
            if (Files.exists(surroundings.workingDirectory().resolve(operand))) {
                return Kind.FILE;
            }
        } catch (InvalidPathException _) {
            // Then it is no file, whatever else it is.
            return Kind.URL;
        }
        int slash = operand.indexOf('/');
        String host = slash < 0 ? operand : operand.substring(0, slash);
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0
                && colon < host.length() - 1
                && host.substring(colon + 1).chars().allMatch(Character::isDigit);
        boolean isHost = !host.startsWith(".") && (host.indexOf('.') > 0 || isLocal(host));
        return port || (slash > 0 && isHost) || isLocal(host) ? Kind.URL : Kind.FILE;
    }

    private static boolean isLocal(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.startsWith("localhost:") || name.endsWith(".localhost");
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which servers are trusted over TLS. */
public final class TrustOptions {
    static final Option INSECURE = Option.flag(
                    "Trust any certificate, for any name: the connection may be anyone's.", "-k", "--insecure")
            .often();
    static final Option CACERT = Option.value(
                    "FILE",
                    "Trust the certificates in FILE (PEM) and no others. Default: those that the system trusts.",
                    "--cacert")
            .completing(Completion.FILE)
            .often();

    public static final OptionGroup GROUP = new OptionGroup("Exchange", "TLS", List.of(INSECURE, CACERT));

    private TrustOptions() {}

    public static Trust read(Typed typed, LocalInput input) throws FaultException {
        boolean verify = !typed.has(INSECURE);
        String file = typed.last(CACERT);
        if (file == null) {
            return verify ? Trust.SYSTEM : new Trust(false, null);
        }
        return new Trust(verify, readable(file, input.path(CACERT, file)));
    }

    private static Path readable(String typed, Path file) throws FaultException {
        String why = !Files.exists(file)
                ? "no such file"
                : Files.isDirectory(file) ? "is a directory" : Files.isReadable(file) ? "" : "permission denied";
        if (!why.isEmpty()) {
            throw Fault.of(ExitCode.CA_UNREADABLE, typed, why).exception();
        }
        return file;
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.PublicKeys;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Identity;
import dev.relay.plan.TlsVersions;
import dev.relay.plan.TlsVersions.Version;
import dev.relay.plan.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which servers are trusted over TLS, and how it is spoken. */
public final class TrustOptions {
    static final Option INSECURE = Option.flag(
                    "Trust any certificate, for any name: the connection may be anyone's.", "-k", "--insecure")
            .often();
    static final Option CACERT = Option.value(
                    "FILE",
                    "Trust the certificates in FILE (PEM) and no others. Default: those of SSL_CERT_FILE, or else SSL_CERT_DIR,"
                            + " else those that the system trusts.",
                    "--cacert")
            .completing(Completion.FILE)
            .often();
    static final Option CAPATH = Option.value(
                    "DIR",
                    "Trust the certificates in the files of DIR (PEM, whatever their names), beside those of --cacert, and"
                            + " no others.",
                    "--capath")
            .completing(Completion.DIRECTORY);
    static final Option TLS_1_2 =
            Option.flag("Speak TLS 1.2 or newer: what holds without the option, too.", "--tlsv1.2");
    static final Option TLS_1_3 = Option.flag("Speak TLS 1.3 or newer.", "--tlsv1.3");
    static final Option TLS_MAX = Option.value(
                    "VERSION", "Speak no version of TLS newer than that: 1.2 or 1.3. Default: 1.3.", "--tls-max")
            .completing(Completion.choice("1.2", "1.3"));
    static final Option PINNED = Option.value(
                    "HASHES|FILE",
                    "Trust a server only with one of these public keys, whatever else is checked, -k included:"
                            + " 'sha256//BASE64', several joined with ';', or the one in FILE (PEM or DER). With another"
                            + " key the exit code is 90, and the line names it.",
                    "--pinnedpubkey")
            .completing(Completion.FILE);

    public static final OptionGroup GROUP = new OptionGroup(
            "Exchange",
            "TLS",
            List.of(
                    INSECURE,
                    CACERT,
                    CAPATH,
                    IdentityOptions.CERT,
                    IdentityOptions.KEY,
                    IdentityOptions.PASS,
                    IdentityOptions.CERT_TYPE,
                    IdentityOptions.KEY_TYPE,
                    TLS_1_2,
                    TLS_1_3,
                    TLS_MAX,
                    PINNED));

    private TrustOptions() {}

    public static Trust read(Typed typed, Surroundings surroundings, LocalInput input) throws FaultException {
        TlsVersions versions = versions(typed);
        boolean verify = !typed.has(INSECURE);
        Identity identity = IdentityOptions.read(typed, surroundings, input);
        String pinned = typed.last(PINNED);
        Path file = authority(CACERT, typed.last(CACERT), input);
        Path directory = authority(CAPATH, typed.last(CAPATH), input);
        boolean usual = verify && file == null && directory == null && identity == null && pinned == null;
        if (usual && versions.equals(TlsVersions.ALL)) {
            return Trust.SYSTEM;
        }
        List<String> pins = pinned == null ? List.of() : PublicKeys.digests(PINNED, pinned, input);
        return new Trust(verify, file, directory, versions, identity, pins);
    }

    private static TlsVersions versions(Typed typed) throws FaultException {
        Option least = typed.lastOf(TLS_1_2, TLS_1_3);
        String most = typed.last(TLS_MAX);
        Version from = least == TLS_1_3 ? Version.V1_3 : Version.V1_2;
        Version to = switch (most == null ? "1.3" : most) {
            case "1.3", "default" -> Version.V1_3;
            case "1.2" -> Version.V1_2;
            case "1.0", "1.1" -> throw Misuse.of(TLS_MAX, "relay speaks no TLS older than 1.2");
            default -> throw Misuse.of(TLS_MAX, Misuse.quoted(String.valueOf(most)) + " is not 1.2 or 1.3");
        };
        if (from.compareTo(to) > 0) {
            throw Misuse.exclusive(TLS_1_3, TLS_MAX);
        }
        return from == Version.V1_2 && to == Version.V1_3 ? TlsVersions.ALL : new TlsVersions(from, to);
    }

    static @Nullable Path authority(Option option, @Nullable String typed, LocalInput input) throws FaultException {
        if (typed == null) {
            return null;
        }
        Path file = input.path(option, typed);
        String why = option != CAPATH ? unreadable(file) : Files.isDirectory(file) ? "" : "no such directory";
        if (!why.isEmpty()) {
            throw Fault.of(ExitCode.CA_UNREADABLE, typed, why).exception();
        }
        return file;
    }

    /** Why the file cannot be read; empty when it can. */
    static String unreadable(Path file) {
        return !Files.exists(file)
                ? "no such file"
                : Files.isDirectory(file) ? "is a directory" : Files.isReadable(file) ? "" : "permission denied";
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.http.FileName;
import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Delivery;
import dev.relay.plan.Delivery.Destination;
import dev.relay.plan.Delivery.FileRules;
import dev.relay.plan.Delivery.Named;
import dev.relay.plan.Delivery.Remote;
import dev.relay.plan.Delivery.Stdout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every place that a run writes to, read from the options: no two may be one, and each must look writable. */
public final class Outputs {
    private final Typed typed;
    private final LocalInput input;
    private final Places places = new Places();
    private final FileRules rules;
    private final Stdout stdout;

    public Outputs(Typed typed, LocalInput input) {
        this.typed = typed;
        this.input = input;
        this.rules = new FileRules(typed.has(OutputOptions.CREATE_DIRS), typed.has(OutputOptions.NO_CLOBBER));
        this.stdout = new Stdout(typed.has(OutputOptions.RAW));
    }

    /**
     * Where body and heads go.
     *
     * @param headOnly the head is all that is wanted: it goes where the body would
     */
    public Delivery delivery(Url url, boolean headOnly) throws FaultException {
        var body = new ArrayList<Destination>();
        body.add(output(url));
        for (String file : typed.all(OutputOptions.TEE)) {
            body.add(destination(OutputOptions.TEE, file, input.path(OutputOptions.TEE, file), rules));
        }
        boolean includeHead = headOnly || typed.has(OutputOptions.INCLUDE);
        return new Delivery(
                body,
                OutputOptions.onError(typed),
                includeHead,
                headFile(body, includeHead),
                typed.has(OutputOptions.CONTINUE),
                OutputOptions.hold(typed));
    }

    /** Where {@code --report} goes; null for nowhere. To be asked after {@link #delivery}. */
    public @Nullable Path report() throws FaultException {
        String file = OutputOptions.only(typed, TellingOptions.REPORT);
        if (file == null) {
            return null;
        }
        if (Places.isStdout(file)) {
            throw Misuse.of(
                    TellingOptions.REPORT.name(), "standard output takes no report", "-w '%{json}' prints the same");
        }
        return named(TellingOptions.REPORT, file, input.path(TellingOptions.REPORT, file), new FileRules(false, false))
                .path();
    }

    private Destination output(Url url) throws FaultException {
        String file = OutputOptions.only(typed, OutputOptions.OUTPUT);
        Option remote = typed.lastOf(OutputOptions.REMOTE_NAME, OutputOptions.REMOTE_HEADER_NAME);
        if (file != null && remote != null) {
            throw Misuse.exclusive(OutputOptions.OUTPUT, remote);
        }
        if (remote != null) {
            return remote(url);
        }
        if (file == null) {
            places.add(OutputOptions.OUTPUT, null);
            return stdout;
        }
        Path path = input.path(OutputOptions.OUTPUT, file);
        String directory = typed.last(OutputOptions.OUTPUT_DIR);
        return destination(
                OutputOptions.OUTPUT,
                file,
                directory == null
                        ? path
                        : input.path(OutputOptions.OUTPUT_DIR, directory).resolve(file),
                rules);
    }

    private Remote remote(Url url) throws FaultException {
        boolean fromHeader = typed.has(OutputOptions.REMOTE_HEADER_NAME);
        String name = FileName.fromUrl(url).orElse(null);
        if (name == null && !fromHeader) {
            throw Fault.of(ExitCode.OUTPUT_FAILED, url.toString(), "the URL names no file for -O")
                    .withHint("-o FILE names one")
                    .exception();
        }
        String given = typed.last(OutputOptions.OUTPUT_DIR);
        Path directory = input.path(OutputOptions.OUTPUT_DIR, given == null ? "." : given);
        if (given == null) {
            directory = directory.normalize();
        }
        if (name != null && !fromHeader) {
            Path file = directory.resolve(name);
            places.add(OutputOptions.REMOTE_NAME, file);
        }
        return new Remote(directory, name, fromHeader, rules);
    }

    private @Nullable Destination headFile(List<Destination> body, boolean includeHead) throws FaultException {
        String file = OutputOptions.only(typed, OutputOptions.DUMP_HEADER);
        if (file == null) {
            return null;
        }
        if (!Places.isStdout(file)) {
            FileRules replacing = new FileRules(rules.createDirectories(), false);
            return named(OutputOptions.DUMP_HEADER, file, input.path(OutputOptions.DUMP_HEADER, file), replacing);
        }
        // The heads before the body, as -i writes them, are wanted by many a script; twice by none.
        if (includeHead && body.getFirst() instanceof Stdout) {
            throw Misuse.of(OutputOptions.DUMP_HEADER, "the heads go to standard output already");
        }
        return stdout;
    }

    private Destination destination(Option option, String file, Path path, FileRules with) throws FaultException {
        if (Places.isStdout(file)) {
            places.add(option, null);
            return stdout;
        }
        return named(option, file, path, with);
    }

    private Named named(Option option, String file, Path path, FileRules with) throws FaultException {
        places.add(option, path);
        // A path forgets the slash. What else may stand in the way is looked at before the request is sent.
        if (file.endsWith("/")) {
            throw Fault.of(ExitCode.OUTPUT_FAILED, Misuse.onOneLine(file), "it is a directory")
                    .exception();
        }
        return new Named(path, with);
    }
}

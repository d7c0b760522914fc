package dev.relay.cli;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.Alternatives;
import dev.relay.cli.option.CommonOptions;
import dev.relay.cli.option.ConfigOptions;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that stand in files, put before those that were typed: of an option given twice the last one counts. */
final class Configuration {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Command command;
    private final LocalInput input;
    private final Typed all = new Typed();

    private Configuration(Command command, LocalInput input) {
        this.command = command;
        this.input = input;
    }

    /** What was typed, with what stands in files before it; the same when there are none. */
    static Typed around(Typed typed, Command command, Surroundings surroundings) throws FaultException {
        if (!command.groups().contains(ConfigOptions.GROUP)) {
            return typed;
        }
        Path own = typed.has(ConfigOptions.NO_CONFIG) ? null : ownFile(surroundings.environment());
        List<String> named = typed.all(ConfigOptions.CONFIG);
        if (own == null && named.isEmpty()) {
            return typed;
        }
        var configuration = new Configuration(command, new LocalInput(surroundings));
        if (own != null) {
            configuration.read(own.toString(), shown(own, surroundings.environment()), true);
            configuration.all.sharedSoFar();
        }
        for (String file : named) {
            configuration.read(file, file.equals("-") ? "standard input" : Misuse.onOneLine(file), false);
        }
        return typed.after(configuration.all, Alternatives.ALL);
    }

    /** The user's own file; null when there is none. Looking for it is all that it costs when it is not there. */
    private static @Nullable Path ownFile(Map<String, String> environment) {
        String base = environment.get("XDG_CONFIG_HOME");
        String home = environment.get("HOME");
        Path directory = base != null && base.startsWith("/")
                ? Path.of(base)
                : home != null && home.startsWith("/") ? Path.of(home, ".config") : null;
        Path file = directory == null ? null : directory.resolve("relay/config");
        return file == null || !Files.exists(file) ? null : file;
    }

    private static String shown(Path file, Map<String, String> environment) {
        String home = environment.get("HOME");
        boolean isBelow = home != null && home.length() > 1 && file.startsWith(Path.of(home));
        return isBelow ? "~/" + Path.of(home).relativize(file) : file.toString();
    }

    /** @param shared whether it is for all commands: what only others know is passed over */
    private void read(String file, String shown, boolean shared) throws FaultException {
        String text = text(file, shared);
        all.readFrom(shown);
        int number = 0;
        for (String line : (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).split("\n", -1)) {
            String where = shown + ":" + ++number;
            ConfigLine read = ConfigLine.read(line, where);
            if (read != null) {
                take(read, where, shared);
            }
        }
    }

    private String text(String file, boolean shared) throws FaultException {
        try {
            return input.text(ConfigOptions.CONFIG, file);
        } catch (FaultException e) {
            throw shared ? e.fault().withHint("--no-config leaves the file out").exception(e) : e;
        }
    }

    private void take(ConfigLine line, String where, boolean shared) throws FaultException {
        if (line.name().equals("--url")) {
            if (line.value() == null) {
                throw Misuse.of(where + ": url", "needs a value");
            }
            all.addOperand(line.value());
            return;
        }
        boolean isBundle = !line.name().startsWith("--") && line.name().length() > 2;
        if (isBundle) {
            bundle(line, where, shared);
        } else {
            one(line.name(), line.value(), where, shared);
        }
    }

    /** Letters behind one dash: flags, and at last perhaps an option with its value. */
    private void bundle(ConfigLine line, String where, boolean shared) throws FaultException {
        String letters = line.name();
        for (int at = 1; at < letters.length(); at++) {
            String name = "-" + letters.charAt(at);
            Option option = find(name, command);
            String rest = letters.substring(at + 1);
            if (option != null && option.takesValue() && !rest.isEmpty()) {
                if (line.value() != null) {
                    throw Misuse.of(where, "more follows the value", "a value with blanks stands in double quotes");
                }
                add(option, rest, where);
                return;
            }
            one(name, rest.isEmpty() ? line.value() : null, where, shared);
        }
    }

    private void one(String typedName, @Nullable String value, String where, boolean shared) throws FaultException {
        int equals = typedName.startsWith("--") && value == null ? typedName.indexOf('=') : -1;
        String name = equals < 0 ? typedName : typedName.substring(0, equals);
        Option option = find(name, command);
        if (option == null && !(shared && isOfAnother(name))) {
            throw Misuse.of(
                    where + ": " + Misuse.onOneLine(name),
                    "unknown option",
                    shared ? "--no-config leaves the file out" : "relay " + command.name() + " --help lists them");
        }
        if (option != null) {
            add(option, equals < 0 ? value : typedName.substring(equals + 1), where);
        }
    }

    private void add(Option option, @Nullable String value, String where) throws FaultException {
        String at = where + ": " + option.name();
        if (ConfigOptions.GROUP.options().contains(option)
                || CommonOptions.GROUP.options().contains(option)) {
            throw Misuse.of(at, "stands on the command line alone");
        }
        if (option.takesValue() && value == null) {
            throw Misuse.of(at, "needs a value");
        }
        if (!option.takesValue() && value != null) {
            throw Misuse.of(at, "takes no value");
        }
        all.add(option, value == null ? "" : value, where);
    }

    private static @Nullable Option find(String name, Command in) {
        for (OptionGroup group : in.groups()) {
            for (Option option : group.options()) {
                if (option.names().contains(name)) {
                    return option;
                }
            }
        }
        return null;
    }

    private static boolean isOfAnother(String name) {
        return Verbs.all().stream().anyMatch(other -> find(name, other) != null);
    }

    /** The fault, with the line of the file that it comes from, when it comes from one. */
    static FaultException located(FaultException e, Typed typed) {
        Fault fault = e.fault();
        String where = typed.placeOf(fault.where());
        if (where != null) {
            return new Fault(fault.code(), where + ": " + fault.where(), fault.why(), fault.hint()).exception(e);
        }
        String excluded = "excludes ";
        String other =
                fault.why().startsWith(excluded) ? typed.placeOf(fault.why().substring(excluded.length())) : null;
        return other == null ? e : fault.withHint("it stands in " + other).exception(e);
    }
}

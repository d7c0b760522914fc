package dev.relay.cli.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was typed: options with their values, in order, and operands. */
public final class Typed {
    private final List<Option> options = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    /** The line of a file that each stands in; null for the command line. */
    private final List<@Nullable String> places = new ArrayList<>();

    private final List<String> operands = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    /** How many of the options, the first ones, stand in a file that is for all commands. */
    private int shared;

    /**
     * Notes an option.
     *
     * @param value empty for an option without one
     */
    public void add(Option option, String value) {
        add(option, value, null);
    }

    /**
     * Notes an option of a file.
     *
     * @param place the file and the line; null for the command line
     */
    public void add(Option option, String value, @Nullable String place) {
        options.add(option);
        values.add(value);
        places.add(place);
    }

    /** Notes that options were read from that file. */
    public void readFrom(String file) {
        files.add(file);
    }

    /** Notes that what was noted so far stands in a file that is for all commands. */
    public void sharedSoFar() {
        shared = options.size();
    }

    /** These without those of a file for all commands that are of no use to this one: there they are for others. */
    public Typed withoutShared(Collection<Option> useless) {
        var left = new Typed();
        for (int i = 0; i < options.size(); i++) {
            if (i >= shared || !useless.contains(options.get(i))) {
                left.add(options.get(i), values.get(i), places.get(i));
                left.shared += i < shared ? 1 : 0;
            }
        }
        left.operands.addAll(operands);
        left.files.addAll(files);
        return left;
    }

    /** The files that options were read from. */
    public List<String> files() {
        return files;
    }

    /** Where the option of that name stands that counts; null for the command line, or when there is none. */
    public @Nullable String placeOf(String name) {
        for (int i = options.size() - 1; i >= 0; i--) {
            if (options.get(i).name().equals(name)) {
                return places.get(i);
            }
        }
        return null;
    }

    /**
     * These, with others before them.
     *
     * @param alternatives sets of options: one of these here takes the place of all of its set there
     */
    public Typed after(Typed others, List<List<Option>> alternatives) {
        var all = new Typed();
        for (int i = 0; i < others.options.size(); i++) {
            Option option = others.options.get(i);
            boolean replaced = alternatives.stream()
                    .anyMatch(set -> set.contains(option) && set.stream().anyMatch(this::has));
            if (!replaced) {
                all.add(option, others.values.get(i), others.places.get(i));
                all.shared += i < others.shared ? 1 : 0;
            }
        }
        for (int i = 0; i < options.size(); i++) {
            all.add(options.get(i), values.get(i), places.get(i));
        }
        all.operands.addAll(others.operands);
        all.operands.addAll(operands);
        all.files.addAll(others.files);
        return all;
    }

    public void addOperand(String operand) {
        operands.add(operand);
    }

    public List<String> operands() {
        return operands;
    }

    /** An option that asks for anything but a URL and was given one; null when there is none. */
    public @Nullable Option takerOfUrl() {
        for (int i = 0; i < options.size(); i++) {
            String label = String.valueOf(options.get(i).label());
            boolean wantsOne = label.contains("URL") || label.contains("HOST");
            if (!wantsOne && values.get(i).matches("https?://.*")) {
                return options.get(i);
            }
        }
        return null;
    }

    public boolean has(Option option) {
        return last(option) != null;
    }

    /** The value that counts: the last one. */
    public @Nullable String last(Option option) {
        for (int i = options.size() - 1; i >= 0; i--) {
            if (options.get(i) == option) {
                return values.get(i);
            }
        }
        return null;
    }

    /** Every value of the option, in order. */
    public List<String> all(Option option) {
        var all = new ArrayList<String>();
        for (int i = 0; i < options.size(); i++) {
            if (options.get(i) == option) {
                all.add(values.get(i));
            }
        }
        return all;
    }

    /** One of the options as it was typed. */
    public record One(Option option, String value) {}

    /** Every one of these options, in the order in which they were typed. */
    public List<One> inOrder(Option... of) {
        var all = new ArrayList<One>();
        for (int i = 0; i < options.size(); i++) {
            for (Option option : of) {
                if (options.get(i) == option) {
                    all.add(new One(option, values.get(i)));
                }
            }
        }
        return all;
    }

    /** Which of these was typed last; null when none was. */
    public @Nullable Option lastOf(Option... of) {
        for (int i = options.size() - 1; i >= 0; i--) {
            for (Option option : of) {
                if (options.get(i) == option) {
                    return option;
                }
            }
        }
        return null;
    }
}

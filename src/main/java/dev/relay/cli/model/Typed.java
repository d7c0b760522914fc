package dev.relay.cli.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was typed: options with their values, in order, and operands. */
public final class Typed {
    private final List<Option> options = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();

    /**
     * Notes an option.
     *
     * @param value empty for an option without one
     */
    public void add(Option option, String value) {
        options.add(option);
        values.add(value);
    }

    public void addOperand(String operand) {
        operands.add(operand);
    }

    public List<String> operands() {
        return operands;
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

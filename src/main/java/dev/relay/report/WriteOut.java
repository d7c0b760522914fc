package dev.relay.report;

import dev.relay.io.Witness;
import dev.relay.plan.WriteOutVariable;
import dev.relay.plan.WriteOutVariable.Unit;
import dev.relay.report.WriteOutFormat.Part;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Prints what {@code --write-out} asks for. */
final class WriteOut {
    private final Facts facts;
    private final WriteOutPlace place;
    private final Witness notes;

    WriteOut(Facts facts, WriteOutPlace place, Witness notes) {
        this.facts = facts;
        this.place = place;
        this.notes = notes;
    }

    /** Prints the format with its variables replaced; throws when a place cannot be written to. */
    void print(String format) throws IOException {
        for (Part part : WriteOutFormat.parse(format)) {
            if (part instanceof Part.Variable(var variable)
                    && variable == WriteOutVariable.ONERROR
                    && !facts.isFailure()) {
                break;
            }
            print(part);
        }
        place.flush();
    }

    private void print(Part part) throws IOException {
        switch (part) {
            case Part.Literal(String text) -> place.literal(text);
            case Part.Variable(var variable) -> variable(variable);
            case Part.Unknown(String name) -> notes.note("unknown --write-out variable: " + name);
            case Part.HeaderField(String name) -> {
                String value = facts.field(name);
                if (value != null) {
                    place.field(value);
                }
            }
            case Part.Output(String file, boolean append) -> place.toFile(file, append);
        }
    }

    private void variable(WriteOutVariable variable) throws IOException {
        switch (variable) {
            case STDOUT -> place.toStdout();
            case STDERR -> place.toStderr();
            case JSON -> place.literal(FactsJson.variables(facts));
            case HEADER_JSON -> place.literal(FactsJson.headers(facts));
            default -> place.value(text(variable.unit(), facts.of(variable), variable));
        }
    }

    /** As curl prints it: what is not known is nothing, or zero. */
    private static String text(Unit unit, @Nullable Value value, WriteOutVariable variable) {
        return switch (value) {
            case null -> unknown(unit, variable);
            case Value.Text(String text) -> text;
            case Value.Amount(long number) -> Long.toString(number);
            case Value.Time time -> time.seconds();
        };
    }

    private static String unknown(Unit unit, WriteOutVariable variable) {
        return switch (unit) {
            case TEXT -> variable == WriteOutVariable.HTTP_VERSION ? "0" : "";
            case STATUS -> "000";
            case COUNT, BYTES, BYTES_PER_SECOND -> "0";
            case SECONDS -> "0.000000";
            case DIRECTIVE -> "";
        };
    }
}

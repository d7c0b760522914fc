package dev.relay.report;

import dev.relay.http.DigestAlgorithm;
import dev.relay.io.Witness;
import dev.relay.plan.WriteOutVariable;
import dev.relay.plan.WriteOutVariable.Unit;
import java.io.IOException;

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
        for (WriteOutPart part : WriteOutFormat.parse(format)) {
            if (part.endsHere(facts)) {
                break;
            }
            part.print(this);
        }
        place.flush();
    }

    void literal(String text) {
        place.literal(text);
    }

    void unknown(String name) {
        notes.note("unknown --write-out variable: " + name);
    }

    void field(String name) {
        String value = facts.field(name);
        if (value != null) {
            place.field(value);
        }
    }

    void checksum(String name) {
        DigestAlgorithm algorithm = DigestAlgorithm.named(name);
        if (algorithm == null) {
            unknown("checksum{" + name + "}");
        } else {
            place.literal(facts.ledger().digests().getOrDefault(algorithm, ""));
        }
    }

    void output(String file, boolean append) throws IOException {
        place.toFile(file, append);
    }

    void variable(WriteOutVariable variable) throws IOException {
        switch (variable) {
            case STDOUT -> place.toStdout();
            case STDERR -> place.toStderr();
            case JSON -> place.literal(FactsJson.variables(facts));
            case HEADER_JSON -> place.literal(FactsJson.headers(facts));
            default -> {
                Value value = facts.of(variable);
                place.value(value == null ? unknown(variable.unit(), variable) : value.text());
            }
        }
    }

    /** As curl prints what it does not know: nothing, or zero. */
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

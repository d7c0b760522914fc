package dev.relay.report;

import dev.relay.http.Headers.Field;
import dev.relay.outcome.Outcome;
import dev.relay.plan.Version;
import dev.relay.plan.WriteOutVariable;
import dev.relay.plan.WriteOutVariable.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of a run as JSON: for {@code %{json}} and {@code %{header_json}} as curl writes them, and for the report. */
final class FactsJson {
    /** Counts up when a member of the report changes its meaning or goes away; new members do not count. */
    private static final String REPORT_VERSION = "1";

    private FactsJson() {}

    /** All variables in one line; what is not known is 0 or null, as in curl. */
    static String variables(Facts facts) {
        var json = new Json(",").open('{');
        for (WriteOutVariable variable : WriteOutVariable.values()) {
            if (variable.unit() != Unit.DIRECTIVE) {
                json.name(variable.spelling());
                value(json, facts.of(variable), unknown(variable));
            }
        }
        verification(json, facts);
        return json.name("relay_version").text(Version.NUMBER).close('}').toString();
    }

    /** The fields of the last response, names in lower case, each with the list of its values. */
    static String headers(Facts facts) {
        var json = new Json(",\n").open('{');
        members(json, facts);
        return json.space("\n").close('}').toString();
    }

    /** The report: a member a line; what is not known is null. */
    static String report(Facts facts) {
        var json = new Json(",\n  ").open('{').space("\n  ");
        json.name("relay_report").literal(REPORT_VERSION);
        json.name("relay_version").text(Version.NUMBER);
        json.name("outcome").text(ending(facts.outcome()));
        for (WriteOutVariable variable : WriteOutVariable.values()) {
            if (variable.unit() != Unit.DIRECTIVE) {
                json.name(variable.spelling());
                value(json, facts.of(variable), "null");
            }
        }
        verification(json, facts);
        members(json.name("headers").open('{'), facts);
        return json.close('}').space("\n").close('}').space("\n").toString();
    }

    /** The digests of what was delivered, and what was held against them or against others. */
    private static void verification(Json json, Facts facts) {
        json.name("checksum").open('{');
        for (var digest : facts.ledger().digests().entrySet()) {
            json.name(digest.getKey().spelling()).text(digest.getValue());
        }
        json.close('}').name("verified").open('[');
        for (String what : facts.ledger().verified()) {
            json.text(what);
        }
        json.close(']');
    }

    static String ending(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered() -> "delivered";
            case Outcome.Failed(var fault, var cause) -> "failed";
            case Outcome.ReaderGone() -> "reader-gone";
            case Outcome.Stopped(var signal, var where) -> "stopped";
        };
    }

    private static void members(Json json, Facts facts) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Field field : facts.headers().fields()) {
            values.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(FieldText.of(Redaction.ofField(field)));
        }
        for (var member : values.entrySet()) {
            json.name(member.getKey()).open('[');
            for (String value : member.getValue()) {
                json.text(value);
            }
            json.close(']');
        }
    }

    private static void value(Json json, @Nullable Value value, String unknown) {
        if (value == null) {
            json.literal(unknown);
        } else {
            value.writeTo(json);
        }
    }

    private static String unknown(WriteOutVariable variable) {
        return switch (variable.unit()) {
            case TEXT, DIRECTIVE -> "null";
            case COUNT, STATUS, BYTES, BYTES_PER_SECOND -> "0";
            case SECONDS -> "0.000000";
        };
    }
}

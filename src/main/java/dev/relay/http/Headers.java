package dev.relay.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Header fields in order, names compared without regard to case (RFC 9110 §5.1). */
public record Headers(List<Field> fields) {
    public static final Headers NONE = new Headers(List.of());

    /** One header field line. */
    public record Field(String name, String value) {}

    public Headers {
        fields = List.copyOf(fields);
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The value of a field that may come once (RFC 9110 §5.3); empty also when several lines say different things. */
    public Optional<String> only(String name) {
        Optional<String> only = Optional.empty();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                if (only.isPresent() && !only.get().equals(field.value())) {
                    return Optional.empty();
                }
                only = Optional.of(field.value());
            }
        }
        return only;
    }

    /** Every value of that name, a field line each. */
    public List<String> all(String name) {
        var values = new ArrayList<String>();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** These fields, with all of that name replaced by one. */
    public Headers with(String name, String value) {
        var changed = new ArrayList<>(without(name).fields);
        changed.add(new Field(name, value));
        return new Headers(changed);
    }

    /** These fields and one more, behind them. */
    public Headers and(Field field) {
        var more = new ArrayList<>(fields);
        more.add(field);
        return new Headers(more);
    }

    /** Those of these fields that are wanted. */
    public Headers keeping(Predicate<Field> wanted) {
        return new Headers(fields.stream().filter(wanted).toList());
    }

    public Headers without(String name) {
        var kept = new ArrayList<Field>(fields.size());
        for (Field field : fields) {
            if (!field.name().equalsIgnoreCase(name)) {
                kept.add(field);
            }
        }
        return new Headers(kept);
    }
}

package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The schemes that a redirect may lead to, in curl's syntax: a comma list, {@code =https} for that one alone,
 * {@code +http} or {@code http} for one more, {@code -http} for one less, {@code all}.
 */
public final class SchemeList {
    private static final Set<String> KNOWN = Set.of("http", "https");
    private final Set<String> schemes = new HashSet<>(KNOWN);
    private boolean httpNamed;

    private SchemeList() {}

    public static SchemeList read(Option option, String text) throws FaultException {
        var list = new SchemeList();
        for (String item : text.split(",", -1)) {
            list.apply(option, item.strip().toLowerCase(Locale.ROOT));
        }
        return list;
    }

    public Set<String> schemes() {
        return schemes;
    }

    /** Whether http was named, and not taken away again: then https may lead there. */
    public boolean namesHttp() {
        return httpNamed && schemes.contains("http");
    }

    private void apply(Option option, String item) throws FaultException {
        char sign = item.isEmpty() ? '+' : item.charAt(0);
        boolean signed = sign == '=' || sign == '+' || sign == '-';
        String name = signed && !item.isEmpty() ? item.substring(1) : item;
        if (!KNOWN.contains(name) && !name.equals("all")) {
            throw Misuse.of(option.name(), Misuse.quoted(item) + " is no scheme", "http, https or all, with =, + or -");
        }
        Set<String> named = name.equals("all") ? KNOWN : Set.of(name);
        if (sign == '-') {
            schemes.removeAll(named);
        } else {
            if (sign == '=') {
                schemes.clear();
                httpNamed = false;
            }
            schemes.addAll(named);
            httpNamed |= name.equals("http");
        }
    }
}

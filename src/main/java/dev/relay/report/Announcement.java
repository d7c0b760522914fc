package dev.relay.report;

import dev.relay.io.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a person is told of a listener beside its URL: the other addresses, and the code for cameras. */
final class Announcement {
    private final Stderr err;
    private final Surroundings surroundings;

    Announcement(Stderr err, Surroundings surroundings) {
        this.err = err;
        this.surroundings = surroundings;
    }

    void make(List<String> urls, boolean silent, boolean qr) {
        if (!silent) {
            for (String url : urls.subList(1, urls.size())) {
                err.line("relay: note: ", "also " + url);
            }
        }
        if (qr) {
            var text = new StringBuilder();
            QrCode.lines(urls.getFirst(), speaksUtf8())
                    .forEach(line -> text.append(line).append('\n'));
            err.raw(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean speaksUtf8() {
        for (String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = surroundings.environment().getOrDefault(name, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return (lower.contains("utf-8") || lower.contains("utf8"))
                        && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
            }
        }
        return false;
    }
}

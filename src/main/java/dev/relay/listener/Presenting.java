package dev.relay.listener;

import dev.relay.http.FileName;
import dev.relay.http.Headers;
import dev.relay.http.MediaType;
import dev.relay.plan.HeaderPolicy;
import dev.relay.plan.Service.Presented;

/** What a response says beside what its source says: under which name it is saved, and what a browser may do with it. */
final class Presenting {
    private final Presented presented;
    private final HeaderPolicy policy;
    private final String name;

    /** @param name the file name, safe */
    Presenting(Presented presented, HeaderPolicy policy, String name) {
        this.presented = presented;
        this.policy = policy;
        this.name = name;
    }

    Headers of(Handed handed) {
        Headers fields = handed.headers();
        if (handed.status() == 200 || handed.status() == 206) {
            boolean told = presented.name() != null || presented.inline();
            if (told || !fields.contains("Content-Disposition")) {
                String kind = presented.inline() ? "inline" : "attachment";
                fields = fields.with("Content-Disposition", FileName.disposition(kind, name));
            }
            boolean active = MediaType.isActive(fields.first("Content-Type").orElse(""));
            if (presented.inline() && active && !fields.contains("Content-Security-Policy")) {
                // What it runs is not to find out our address, which is the only key.
                fields = fields.with("Content-Security-Policy", "sandbox");
            }
        }
        fields = unlessSaid(fields, "X-Content-Type-Options", "nosniff");
        fields = unlessSaid(fields, "Referrer-Policy", "no-referrer");
        fields = unlessSaid(fields, "Cross-Origin-Resource-Policy", "same-origin");
        for (Headers.Field field : policy.add().fields()) {
            fields = fields.without(field.name());
        }
        for (Headers.Field field : policy.add().fields()) {
            fields = fields.and(field);
        }
        return fields;
    }

    private static Headers unlessSaid(Headers fields, String name, String value) {
        return fields.contains(name) ? fields : fields.with(name, value);
    }
}

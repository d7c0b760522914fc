package dev.relay.http.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a WWW-Authenticate or Proxy-Authenticate field (RFC 9110 §11.6.1).
 *
 * @param scheme in lower case
 * @param parameters the values by their names in lower case, unquoted; of a name given twice the first
 */
public record AuthChallenge(String scheme, Map<String, String> parameters) {
    public AuthChallenge {
        scheme = scheme.toLowerCase(Locale.ROOT);
        parameters = Map.copyOf(parameters);
    }

    /**
     * All challenges, in order, whether they came in one field line or in several. What is malformed ends the line that it
     * stands in: the challenges before it count.
     */
    public static List<AuthChallenge> parse(List<String> lines) {
        var challenges = new ArrayList<AuthChallenge>();
        for (String line : lines) {
            challenges.addAll(new AuthChallengeParser(line).parse());
        }
        return challenges;
    }

    /** The value of a parameter; null without it. */
    public @Nullable String parameter(String name) {
        return parameters.get(name);
    }
}

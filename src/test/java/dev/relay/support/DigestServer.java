package dev.relay.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The other side of Digest authentication (RFC 7616), written by itself: says who may have what. */
public final class DigestServer {
    private static final Pattern PARAMETER = Pattern.compile("([\\w*]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]+))");
    private static final String REALM = "the realm, \"quoted\"";

    private final String algorithm;
    private final String user;
    private final String password;
    private final Function<RecordedRequest, Answer> content;
    private String extra = "";
    private String nonce = "nonce-0";
    private int generation;
    private int uses;
    private final Set<String> counts = new HashSet<>();
    private int lastingFor = Integer.MAX_VALUE;
    private boolean stale = true;
    private boolean ordered = true;

    /** @param content what whoever knows the password gets */
    public DigestServer(String algorithm, String user, String password, Function<RecordedRequest, Answer> content) {
        this.algorithm = algorithm;
        this.user = user;
        this.password = password;
        this.content = content;
    }

    /** More parameters of the challenge, verbatim, with a comma before them. */
    public DigestServer with(String parameters) {
        extra = parameters;
        return this;
    }

    /** A nonce is refused as stale after so many uses. */
    public DigestServer renewingAfter(int times) {
        lastingFor = times;
        return this;
    }

    /** A nonce that is too old is refused without a word about it. */
    public DigestServer withoutStale() {
        stale = false;
        return this;
    }

    /** The counts of the requests need not come one after the other, only never twice. */
    public DigestServer inAnyOrder() {
        ordered = false;
        return this;
    }

    public synchronized Answer answer(RecordedRequest request) {
        String said = request.header("Authorization");
        if (said == null || !said.startsWith("Digest ")) {
            return challenge(false);
        }
        Map<String, String> parameters = parameters(said);
        if (!nonce.equals(parameters.get("nonce")) || uses >= lastingFor) {
            renew();
            return challenge(stale);
        }
        if (!isRight(request, parameters)) {
            return challenge(false);
        }
        uses++;
        int count = Integer.parseInt(parameters.getOrDefault("nc", "0"), 16);
        if (!counts.add(nonce + " " + count) || (ordered && count != uses)) {
            return Answer.status(400).body("nc is " + parameters.get("nc") + " and should be " + uses);
        }
        return content.apply(request);
    }

    private void renew() {
        nonce = "nonce-" + ++generation;
        uses = 0;
    }

    private Answer challenge(boolean isStale) {
        return Answer.status(401)
                .line("WWW-Authenticate: Basic realm=\"weak\", Digest realm=\"" + REALM.replace("\"", "\\\"")
                        + "\", nonce=\"" + nonce + "\", algorithm=" + algorithm
                        + ", qop=\"auth,auth-int\", opaque=\"o\""
                        + (isStale ? ", stale=true" : "") + extra)
                .body("who are you?");
    }

    private boolean isRight(RecordedRequest request, Map<String, String> said) {
        String key = hash(user + ":" + REALM + ":" + password);
        if (algorithm.endsWith("-sess")) {
            key = hash(key + ":" + nonce + ":" + said.get("cnonce"));
        }
        String wanted = hash(String.join(
                ":",
                key,
                nonce,
                said.get("nc"),
                said.get("cnonce"),
                "auth",
                hash(request.method() + ":" + request.target())));
        String name = said.get("username");
        boolean known =
                extra.contains("userhash=true") ? hash(user + ":" + REALM).equals(name) : user.equals(name);
        return known
                && wanted.equals(said.get("response"))
                && request.target().equals(said.get("uri"))
                && REALM.equals(said.get("realm"))
                && "o".equals(said.get("opaque"));
    }

    private String hash(String text) {
        try {
            String name = algorithm.replace("-sess", "").replace("512-256", "512/256");
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String field) {
        var parameters = new HashMap<String, String>();
        var matcher = PARAMETER.matcher(field);
        while (matcher.find()) {
            @Nullable String quoted = matcher.group(2);
            parameters.put(matcher.group(1), quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return parameters;
    }
}

package dev.relay.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer to a Digest challenge of the realm {@code proxy} is right (RFC 7616 §3.4, MD5, qop=auth). */
final class DigestCheck {
    static final String NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093";

    private DigestCheck() {}

    static boolean isAnswer(String said, String login, String method, String target) {
        int colon = login.indexOf(':');
        String user = login.substring(0, colon);
        String key = md5(user + ":proxy:" + login.substring(colon + 1));
        String of = md5(method + ":" + target);
        String response =
                md5(String.join(":", key, NONCE, field(said, "nc"), field(said, "cnonce"), field(said, "qop"), of));
        return said.startsWith("Digest ")
                && field(said, "username").equals(user)
                && field(said, "uri").equals(target)
                && field(said, "response").equals(response);
    }

    private static String field(String said, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(said);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

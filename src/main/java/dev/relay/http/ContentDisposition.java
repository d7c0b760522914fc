package dev.relay.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the file name of a Content-Disposition (RFC 6266), malformed ones as far as they can be read. */
final class ContentDisposition {
    private final String value;
    private int at;
    private @Nullable String plain;
    private @Nullable String extended;

    private ContentDisposition(String value) {
        this.value = value;
    }

    /** The name as the server has it, not safe to use; {@code filename*} goes before {@code filename}. */
    static Optional<String> fileName(String value) {
        var disposition = new ContentDisposition(value);
        disposition.read();
        return Optional.ofNullable(disposition.extended != null ? disposition.extended : disposition.plain);
    }

    private void read() {
        while (at < value.length()) {
            String name = upTo("=;").strip().toLowerCase(Locale.ROOT);
            if (at < value.length() && value.charAt(at) == '=') {
                at++;
                remember(name, parameterValue());
            }
            upTo(";");
            at++;
        }
    }

    private void remember(String name, String text) {
        if (name.equals("filename") && plain == null) {
            plain = decodedIfUtf8(text);
        } else if (name.equals("filename*") && extended == null) {
            extended = decodedExtension(text);
        }
    }

    private String upTo(String ends) {
        int from = at;
        while (at < value.length() && ends.indexOf(value.charAt(at)) < 0) {
            at++;
        }
        return value.substring(from, at);
    }

    private String parameterValue() {
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
        return at < value.length() && value.charAt(at) == '"'
                ? quoted()
                : upTo(";").strip();
    }

    /** Only a quote and a backslash count as escaped: servers send {@code "C:\dir\name"} as it is. */
    private String quoted() {
        var text = new StringBuilder();
        at++;
        while (at < value.length() && value.charAt(at) != '"') {
            boolean escaped = value.charAt(at) == '\\'
                    && at + 1 < value.length()
                    && (value.charAt(at + 1) == '"' || value.charAt(at + 1) == '\\');
            at += escaped ? 1 : 0;
            text.append(value.charAt(at++));
        }
        return text.toString();
    }

    /** RFC 8187 §3.2; null when the charset is unknown or the bytes are not of it. */
    private static @Nullable String decodedExtension(String text) {
        int charsetEnd = text.indexOf('\'');
        int languageEnd = text.indexOf('\'', charsetEnd + 1);
        if (charsetEnd < 0 || languageEnd < 0) {
            return null;
        }
        Charset charset = switch (text.substring(0, charsetEnd).toLowerCase(Locale.ROOT)) {
            case "utf-8" -> StandardCharsets.UTF_8;
            case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
            default -> null;
        };
        return charset == null ? null : decoded(Percent.decodeBytes(text.substring(languageEnd + 1)), charset);
    }

    /** The transport makes each byte a character; what is UTF-8 after all is read as such. */
    private static String decodedIfUtf8(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) > 0xFF) {
                return text;
            }
        }
        String utf8 = decoded(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return utf8 == null ? text : utf8;
    }

    private static @Nullable String decoded(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            // A name in another charset than it claims is no name: the caller falls back.
            return null;
        }
    }
}

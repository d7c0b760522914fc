package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.http.DigestAlgorithm;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Checksum;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checksums as people paste them: {@code sha256:2cf24d…}, in either case. */
public final class Checksums {
    private Checksums() {}

    /** One {@code ALG:HEX}. */
    public static Checksum read(Option option, String text) throws FaultException {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        if (colon < 0) {
            throw Misuse.of(
                    option.name(),
                    Misuse.quoted(text) + " does not name its algorithm",
                    "ALG:HEX, where ALG is one of " + String.join(", ", known()));
        }
        String name = trimmed.substring(0, colon);
        DigestAlgorithm algorithm = DigestAlgorithm.named(name);
        if (algorithm == null) {
            throw Choice.none(option, name, known());
        }
        return new Checksum(algorithm, hex(option, algorithm, trimmed.substring(colon + 1)));
    }

    /** All of them: the same one twice counts once, two for one algorithm cannot both hold. */
    public static List<Checksum> readAll(Option option, List<String> texts) throws FaultException {
        var checksums = new ArrayList<Checksum>(texts.size());
        for (String text : texts) {
            Checksum checksum = read(option, text);
            boolean isNew = true;
            for (Checksum before : checksums) {
                if (before.algorithm() == checksum.algorithm()) {
                    if (!before.hex().equals(checksum.hex())) {
                        throw Misuse.of(
                                option,
                                "two different values for "
                                        + checksum.algorithm().spelling());
                    }
                    isNew = false;
                }
            }
            if (isNew) {
                checksums.add(checksum);
            }
        }
        return checksums;
    }

    private static String hex(Option option, DigestAlgorithm algorithm, String digits) throws FaultException {
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0 || digits.charAt(i) > 'f') {
                String why = Misuse.quoted(digits) + " is not hexadecimal";
                throw isBase64(digits)
                        ? Misuse.of(option.name(), why, "base64 must be converted")
                        : Misuse.of(option, why);
            }
        }
        int needed = 2 * algorithm.length();
        if (digits.length() != needed) {
            throw Misuse.of(
                    option,
                    algorithm.spelling() + " has " + needed + " hexadecimal digits, and this has " + digits.length());
        }
        return digits.toLowerCase(Locale.ROOT);
    }

    /** Such as the digests of Repr-Digest, or of the integrity attribute of HTML. */
    private static boolean isBase64(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !Amount.isDigit(c) && c != '+' && c != '/' && c != '-' && c != '_') {
                return false;
            }
        }
        return text.length() % 4 == 0 && end > 0;
    }

    private static List<String> known() {
        var names = new ArrayList<String>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            names.add(algorithm.spelling());
        }
        return names;
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Checksums;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Checksum;
import dev.relay.plan.Verification;
import java.util.List;

/** What the body is held against. */
public final class VerificationOptions {
    static final Option CHECKSUM = Option.value(
            "ALG:HEX",
            "Verify the body as it is delivered: sha256, sha512, sha1, md5 or crc32c, and the digest in hexadecimal"
                    + " digits. A mismatch ends the run with exit code 101, and no file appears. Repeatable.",
            "--checksum");
    static final Option NO_VERIFY_DIGEST = Option.flag(
            "Do not verify the digests that a response carries in Repr-Digest and Content-Digest (RFC 9530); without"
                    + " the option a mismatch ends the run with exit code 101.",
            "--no-verify-digest");
    static final Option WANT_DIGEST =
            Option.flag("Ask the server for such a digest: send Want-Repr-Digest.", "--want-digest");

    public static final OptionGroup GROUP =
            new OptionGroup("Verification", List.of(CHECKSUM, NO_VERIFY_DIGEST, WANT_DIGEST));

    private VerificationOptions() {}

    public static Verification read(Typed typed) throws FaultException {
        List<String> given = typed.all(CHECKSUM);
        List<Checksum> checksums = given.isEmpty() ? List.of() : Checksums.readAll(CHECKSUM, given);
        return new Verification(checksums, !typed.has(NO_VERIFY_DIGEST), typed.has(WANT_DIGEST));
    }
}

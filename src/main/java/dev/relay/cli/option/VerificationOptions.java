package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Checksums;
import dev.relay.cli.value.Misuse;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Checksum;
import dev.relay.plan.Verification;
import java.util.List;

/** What the body is held against. */
public final class VerificationOptions {
    static final Option CHECKSUM = Option.value(
                    "ALG:HEX",
                    "Verify the body as it is delivered, decoded if need be: ALG is sha256, sha512, sha1, md5 or crc32c, HEX the"
                            + " digest in hexadecimal digits, in either case. A mismatch ends the run with exit code 101: no file"
                            + " appears and no part of it stays, but what went to a pipe is gone. Repeatable; all must match."
                            + " What --fail-with-body writes of an error page is not verified.",
                    "--checksum")
            .completing(Completion.choice("sha256:", "sha512:", "sha1:", "md5:", "crc32c:"))
            .often();
    static final Option NO_VERIFY_DIGEST = Option.flag(
            "Do not verify the digests that a response carries in Repr-Digest and Content-Digest (RFC 9530). Without the"
                    + " option a mismatch ends the run with exit code 101. They are of the body before decoding: sha-256"
                    + " and sha-512, or without either the deprecated md5, sha and crc32c; others are ignored, a malformed"
                    + " field is a note. With --range, Repr-Digest counts only when the part is the whole.",
            "--no-verify-digest");
    static final Option WANT_DIGEST = Option.flag(
            "Ask the server for such a digest: send Want-Repr-Digest: sha-256=10, sha-512=5 (RFC 9530 section 4), unless"
                    + " --header sends another.",
            "--want-digest");

    public static final OptionGroup GROUP =
            new OptionGroup("Unbroken streams", "Verification", List.of(CHECKSUM, NO_VERIFY_DIGEST, WANT_DIGEST));

    private VerificationOptions() {}

    /**
     * What a body is held against; an answer without one, to a HEAD, has no checksum.
     *
     * @param method what the command sends unless {@code -X} says otherwise
     */
    public static Verification read(Typed typed, String method) throws FaultException {
        List<String> given = typed.all(CHECKSUM);
        String sent = typed.last(RequestOptions.METHOD);
        if (!given.isEmpty() && "HEAD".equals(sent == null ? method : sent)) {
            throw Misuse.of(CHECKSUM, "the answer to a HEAD has no body");
        }
        List<Checksum> checksums = given.isEmpty() ? List.of() : Checksums.readAll(CHECKSUM, given);
        // A stream of events has no last byte to hold a digest against.
        boolean digests = !typed.has(NO_VERIFY_DIGEST) && !typed.has(RequestOptions.EVENTS);
        return new Verification(checksums, digests, typed.has(WANT_DIGEST));
    }
}

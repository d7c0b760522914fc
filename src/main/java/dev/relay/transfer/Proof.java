package dev.relay.transfer;

import dev.relay.http.ContentRange;
import dev.relay.http.DigestAlgorithm;
import dev.relay.http.DigestField;
import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.io.Chunks;
import dev.relay.io.Continuation;
import dev.relay.io.Ledger;
import dev.relay.io.Reply;
import dev.relay.io.digest.Digesting;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Checksum;
import dev.relay.plan.Delivery;
import dev.relay.plan.Plan;
import dev.relay.plan.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a body is held against before it counts: the digests that the response carries, of the body as it comes
 * (RFC 9530), and the checksums of the command line, of the body as it is delivered. Hashes nothing that nobody asks for,
 * and nothing twice.
 */
final class Proof {
    /** What a field of the response says. */
    private record Claim(DigestField field, DigestAlgorithm algorithm, String hex) {}

    private static final String SUFFIX = "-Digest";

    private final String url;
    private final Ledger ledger;
    private final List<Claim> claims = new ArrayList<>();
    private final List<Checksum> checksums;
    private final List<DigestAlgorithm> told;
    private @Nullable Digesting encoded;
    private @Nullable Digesting delivered;

    private Proof(Plan plan, Reply reply, Ledger ledger) {
        this.url = reply.url().toString();
        this.ledger = ledger;
        // What is written of an error page is not what the checksum is of: the status is the failure.
        boolean isErrorPage = reply.head().isError() && plan.delivery().onError() == Delivery.OnError.FAIL_WITH_BODY;
        this.checksums = isErrorPage ? List.of() : plan.verification().checksums();
        this.told = plan.telling().checksums();
    }

    /** @param notes take what is to be said of a field that cannot be read */
    static Proof of(Plan plan, Reply reply, Ledger ledger, List<String> notes) {
        var proof = new Proof(plan, reply, ledger);
        if (plan.verification().digests() && mayCarryDigest(reply.head()) && hasContent(plan.request(), reply.head())) {
            if (isRepresentation(plan.request(), reply.head())) {
                proof.read(DigestField.REPR_DIGEST, reply.head(), notes);
            }
            if (isContent(plan.request(), reply.head())) {
                proof.read(DigestField.CONTENT_DIGEST, reply.head(), notes);
            }
        }
        return proof;
    }

    /** A look that costs next to nothing: most responses carry none. */
    private static boolean mayCarryDigest(Head head) {
        for (Headers.Field field : head.headers().fields()) {
            String name = field.name();
            if (name.regionMatches(true, name.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length())) {
                return true;
            }
        }
        return false;
    }

    /**
     * To a HEAD, with 204 and with 304 the fields tell of content that does not come (RFC 9530 §3); and of events, which
     * come in the bodies of many responses, none says what all of them are.
     */
    private static boolean hasContent(Request request, Head head) {
        return !request.events() && !request.isHead() && head.status() != 204 && head.status() != 304;
    }

    /** Whether the bytes that come are all of the representation: a part proves nothing about the whole. */
    private static boolean isRepresentation(Request request, Head head) {
        return head.status() != 206 || !wantsPart(request) || isAll(head);
    }

    /** Whether the bytes that come are the content of this one message: not when relay itself divides the whole. */
    private static boolean isContent(Request request, Head head) {
        return head.status() != 206 || wantsPart(request) || isAll(head);
    }

    private static boolean wantsPart(Request request) {
        return request.range() != null || request.headers().contains("Range");
    }

    private static boolean isAll(Head head) {
        return head.headers()
                .only("Content-Range")
                .flatMap(ContentRange::parse)
                .filter(range -> range instanceof ContentRange.Part part && part.first() == 0 && part.isTail())
                .isPresent();
    }

    private void read(DigestField field, Head head, List<String> notes) {
        if (!head.headers().contains(field.fieldName())) {
            return;
        }
        try {
            for (Map.Entry<DigestAlgorithm, byte[]> digest :
                    field.read(head.headers()).entrySet()) {
                claims.add(new Claim(field, digest.getKey(), HexFormat.of().formatHex(digest.getValue())));
            }
        } catch (ParseException e) {
            notes.add("the body is not verified, " + field.fieldName() + " is malformed: " + e.getMessage());
        }
    }

    /** The body as it comes, before any decoding. */
    Chunks ofEncoded(Chunks body) {
        if (claims.isEmpty()) {
            return body;
        }
        var digesting = new Digesting(body);
        for (Claim claim : claims) {
            digesting.with(claim.algorithm());
        }
        encoded = digesting;
        return digesting;
    }

    /** The body as it is delivered; what {@link #ofEncoded} gave, when nothing was decoded. */
    Chunks ofDelivered(Chunks body) {
        if (checksums.isEmpty() && told.isEmpty()) {
            return body;
        }
        Digesting digesting = encoded != null && body == encoded ? encoded : new Digesting(body);
        for (Checksum checksum : checksums) {
            digesting.with(checksum.algorithm());
        }
        for (DigestAlgorithm algorithm : told) {
            digesting.with(algorithm);
        }
        delivered = digesting;
        return digesting;
    }

    /** Bytes that were there before the body goes on behind them ({@code -C}). To be told before the first that come. */
    void include(Continuation left) throws IOException {
        if (encoded == null && delivered == null) {
            return;
        }
        try (Chunks there = left.beginning().open()) {
            for (ByteBuffer bytes = there.next(); bytes != null; bytes = there.next()) {
                if (encoded != null) {
                    encoded.include(bytes);
                }
                if (delivered != null && delivered != encoded) {
                    delivered.include(bytes);
                }
            }
        }
    }

    /** All has come: throws unless it is what it must be. */
    void check() throws FaultException {
        FaultException wrong = checkDelivered();
        for (Claim claim : claims) {
            String actual = hex(encoded, claim.algorithm());
            String name = claim.algorithm().key();
            if (actual.equals(claim.hex())) {
                ledger.verified(claim.field().fieldName().toLowerCase(Locale.ROOT) + " " + name);
            } else if (wrong == null) {
                wrong = mismatch(
                        name, actual, claim.hex() + ", as " + claim.field().fieldName() + " says");
            }
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    private @Nullable FaultException checkDelivered() {
        FaultException wrong = null;
        for (DigestAlgorithm algorithm : told) {
            ledger.digested(algorithm, hex(delivered, algorithm));
        }
        for (Checksum checksum : checksums) {
            String actual = hex(delivered, checksum.algorithm());
            String name = checksum.algorithm().spelling();
            ledger.digested(checksum.algorithm(), actual);
            if (actual.equals(checksum.hex())) {
                ledger.verified("checksum " + name);
            } else if (wrong == null) {
                wrong = mismatch(name, actual, checksum.hex());
            }
        }
        return wrong;
    }

    private FaultException mismatch(String name, String actual, String wanted) {
        return Fault.of(ExitCode.DIGEST_MISMATCH, url, name + " is " + actual + ", not " + wanted)
                .exception();
    }

    private static String hex(@Nullable Digesting digesting, DigestAlgorithm algorithm) {
        byte[] value = digesting == null ? null : digesting.value(algorithm);
        if (value == null) {
            throw new IllegalStateException("asked before the end of the body");
        }
        return HexFormat.of().formatHex(value);
    }
}

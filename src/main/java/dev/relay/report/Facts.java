package dev.relay.report;

import dev.relay.http.Head;
import dev.relay.http.Headers;
import dev.relay.http.Headers.Field;
import dev.relay.http.Url;
import dev.relay.http.Validator;
import dev.relay.io.Ledger;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.FaultException;
import dev.relay.outcome.Outcome;
import dev.relay.plan.WriteOutVariable;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a run that has ended: a value for each variable.
 *
 * @param elapsed how long the run took, in nanoseconds
 */
record Facts(Ledger ledger, Outcome outcome, long elapsed) {

    /** The value; null when it is not known, because it never came to pass. */
    @Nullable
    Value of(WriteOutVariable variable) {
        return switch (variable) {
            case CONTENT_TYPE -> text(field("Content-Type"));
            case ERRORMSG -> text(ErrorLine.message(outcome));
            case EXITCODE -> new Value.Amount(outcome.exitCode().value());
            case FILENAME_EFFECTIVE -> text(ledger.file());
            case HTTP_CODE, RESPONSE_CODE -> status();
            case HTTP_VERSION -> text(httpVersion());
            case METHOD -> text(ledger.method().isEmpty() ? null : ledger.method());
            case NUM_CONNECTS -> new Value.Amount(ledger.connections());
            case NUM_HEADERS -> numHeaders();
            case NUM_REDIRECTS -> new Value.Amount(ledger.redirects());
            case NUM_RESUMES -> new Value.Amount(ledger.resumes());
            case NUM_RETRIES -> new Value.Amount(ledger.retries());
            case NUM_SEGMENTS -> new Value.Amount(ledger.segments());
            case REDIRECT_URL -> text(redirectUrl());
            case REMOTE_IP -> text(remoteIp());
            case REMOTE_PORT -> ledger.remotePort() == 0 ? null : new Value.Amount(ledger.remotePort());
            case SIZE_DOWNLOAD -> new Value.Amount(ledger.bodyBytes());
            case SIZE_HEADER -> new Value.Amount(ledger.headBytes());
            case SIZE_UPLOAD -> new Value.Amount(ledger.sentBytes());
            case SPEED_DOWNLOAD -> speed(ledger.bodyBytes());
            case SPEED_UPLOAD -> speed(ledger.sentBytes());
            case SSL_VERIFY_RESULT -> new Value.Amount(outcome.exitCode() == ExitCode.NOT_TRUSTED ? 1 : 0);
            case TIME_APPCONNECT -> isSecure() ? time(ledger.securedAfter()) : null;
            case TIME_CONNECT -> time(ledger.connectedAfter());
            case TIME_NAMELOOKUP -> time(ledger.lookedUpAfter());
            case TIME_PRETRANSFER -> time(Math.max(ledger.connectedAfter(), ledger.requestedAfter()));
            case TIME_REDIRECT -> new Value.Time(ledger.redirectedAfter());
            case TIME_STARTTRANSFER -> time(ledger.answeredAfter());
            case TIME_TOTAL -> new Value.Time(elapsed);
            case SCHEME, URLE_SCHEME -> UrlPart.SCHEME.of(ledger.url());
            case URL -> UrlPart.WHOLE.of(ledger.asked());
            case URL_HOST -> UrlPart.HOST.of(ledger.asked());
            case URL_PATH -> UrlPart.PATH.of(ledger.asked());
            case URL_PORT -> UrlPart.PORT.of(ledger.asked());
            case URL_QUERY -> UrlPart.QUERY.of(ledger.asked());
            case URL_SCHEME -> UrlPart.SCHEME.of(ledger.asked());
            case URL_EFFECTIVE -> UrlPart.WHOLE.of(ledger.url());
            case URLE_HOST -> UrlPart.HOST.of(ledger.url());
            case URLE_PATH -> UrlPart.PATH.of(ledger.url());
            case URLE_PORT -> UrlPart.PORT.of(ledger.url());
            case URLE_QUERY -> UrlPart.QUERY.of(ledger.url());
            case VALIDATOR -> text(validator());
            case HEADER_JSON, JSON, ONERROR, STDERR, STDOUT -> null;
        };
    }

    /** Whether the run ended in an exit code other than 0. */
    boolean isFailure() {
        return outcome.exitCode() != ExitCode.OK;
    }

    /** The fields of the last response. */
    Headers headers() {
        Head head = ledger.head();
        return head == null ? Headers.NONE : head.headers();
    }

    /** The first value of the field in the last response, each byte a character; null when there is none. */
    @Nullable
    String field(String name) {
        List<Field> fields = headers().fields();
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    private @Nullable Value status() {
        Head head = ledger.head();
        return head == null ? null : new Value.Amount(head.status());
    }

    private @Nullable Value numHeaders() {
        Head head = ledger.head();
        return head == null ? null : new Value.Amount(head.headers().fields().size());
    }

    private @Nullable String httpVersion() {
        Head head = ledger.head();
        return head == null ? null : head.version().substring(head.version().indexOf('/') + 1);
    }

    private @Nullable String redirectUrl() {
        Head head = ledger.head();
        Url url = ledger.url();
        String location = field("Location");
        if (head == null || url == null || location == null || head.status() / 100 != 3) {
            return null;
        }
        try {
            return url.resolve(location).toString();
        } catch (FaultException e) {
            // A Location that is no URL leads nowhere, and there is nothing to tell.
            return null;
        }
    }

    private @Nullable String validator() {
        return Validator.strong(headers()).map(Validator::fieldValue).orElse(null);
    }

    private @Nullable String remoteIp() {
        InetAddress remote = ledger.remote();
        return remote == null ? null : remote.getHostAddress();
    }

    private boolean isSecure() {
        Url url = ledger.url();
        return url != null && url.isSecure();
    }

    private @Nullable Value speed(long bytes) {
        return elapsed <= 0 ? null : new Value.Amount((long) (bytes * 1e9 / elapsed));
    }

    private static @Nullable Value text(@Nullable String text) {
        return text == null ? null : new Value.Text(FieldText.of(text));
    }

    private static @Nullable Value time(long nanos) {
        return nanos == 0 ? null : new Value.Time(nanos);
    }
}

package dev.relay.upstream;

import dev.relay.http.Url;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * From what the client throws to what failed. The JDK says the same thing in many ways (an EOFException under "closed"
 * is a cut body, under "received no bytes" a server without an answer): this is the one table.
 */
public final class Faults {
    private Faults() {}

    /** Before the head of the response has come. */
    static FaultException beforeHead(Throwable thrown, Url url) {
        Throwable failure = root(thrown);
        if (failure instanceof Error) {
            return fault(ExitCode.INTERNAL, url, failure.toString(), thrown);
        }
        FaultException travelling = find(thrown, FaultException.class);
        if (travelling != null) {
            return travelling;
        }
        if (failure instanceof HttpConnectTimeoutException || find(thrown, HttpConnectTimeoutException.class) != null) {
            return fault(ExitCode.TIME_LIMIT, url, "no connection within the connect limit", thrown);
        }
        if (find(thrown, UnresolvedAddressException.class) != null) {
            return fault(ExitCode.HOST_NOT_RESOLVED, url, "the name has no address", thrown);
        }
        if (find(thrown, BindException.class) != null) {
            return fault(ExitCode.INTERFACE_UNUSABLE, url, "this machine cannot connect from that address", thrown);
        }
        if (find(thrown, ConnectException.class) != null || find(thrown, NoRouteToHostException.class) != null) {
            return fault(ExitCode.NOT_CONNECTED, url, connectReason(thrown), thrown);
        }
        SSLException tls = find(thrown, SSLException.class);
        if (tls != null) {
            return tls(tls, url, thrown);
        }
        if (failure instanceof EOFException) {
            return isUnanswered(thrown)
                    ? fault(ExitCode.NO_ANSWER, url, "not one byte of a response came", thrown)
                    : fault(ExitCode.RECEIVING_FAILED, url, "the head of the response is cut or malformed", thrown);
        }
        return fault(ExitCode.RECEIVING_FAILED, url, receiveReason(failure), thrown);
    }

    private static boolean isUnanswered(Throwable thrown) {
        for (Throwable failure = thrown; failure != null; failure = failure.getCause()) {
            if (message(failure).contains("received no bytes")) {
                return true;
            }
        }
        return false;
    }

    /** While the body was arriving. */
    static FaultException receiving(Throwable thrown, Url url, long received, long expected) {
        Throwable failure = root(thrown);
        if (failure instanceof Error) {
            return fault(ExitCode.INTERNAL, url, failure.toString(), thrown);
        }
        boolean cut = failure instanceof EOFException && find(thrown, SSLException.class) == null;
        if (cut || message(failure).contains("EOF reached")) {
            return fault(ExitCode.SHORT_BODY, url, shortOf(received, expected), thrown);
        }
        return fault(ExitCode.RECEIVING_FAILED, url, receiveReason(failure) + " after " + bytes(received), thrown);
    }

    /** Whether the connection was reset, or closed while the request was being written. */
    static boolean isReset(FaultException fault) {
        return fault.fault().code() == ExitCode.RECEIVING_FAILED && root(fault) instanceof SocketException;
    }

    /** Whether the way to the server broke, rather than that it said something that cannot be understood. */
    public static boolean isBreak(FaultException fault) {
        Throwable failure = root(fault);
        return failure != fault && failure instanceof IOException && !(failure instanceof ProtocolException);
    }

    /** Whether the connection ended in a handshake, rather than that the two sides cannot agree. */
    public static boolean isCutHandshake(FaultException fault) {
        return isBreak(fault) && !(root(fault) instanceof SSLException);
    }

    /** {@code 5 of 10 bytes came}. */
    static String shortOf(long received, long expected) {
        return expected >= 0
                ? "only " + received + " of " + bytes(expected) + " came"
                : "the connection was closed after " + bytes(received) + ", before the end of the body";
    }

    private static String bytes(long count) {
        return count == 1 ? "1 byte" : count + " bytes";
    }

    private static FaultException tls(SSLException tls, Url url, Throwable thrown) {
        if (find(tls, Pins.OtherKeyException.class) != null) {
            return fault(ExitCode.PIN_MISMATCH, url, message(root(tls)), thrown);
        }
        Throwable certificate = find(tls, GeneralSecurityException.class);
        if (certificate == null) {
            return TlsAlerts.fault(tls, url).exception(thrown);
        }
        return new Fault(
                        ExitCode.NOT_TRUSTED,
                        url.toString(),
                        certificateReason(tls, url),
                        isAboutTrust(tls)
                                ? "--cacert FILE trusts another CA, -k skips the check"
                                : "-k skips the check")
                .exception(thrown);
    }

    /** Whether another CA could help: no CA makes up for dates, nor for a name. */
    private static boolean isAboutTrust(SSLException tls) {
        return !isAboutName(message(root(tls)))
                && find(tls, CertificateExpiredException.class) == null
                && find(tls, CertificateNotYetValidException.class) == null;
    }

    private static boolean isAboutName(String reason) {
        return reason.startsWith("No subject alternative") || reason.startsWith("No name matching");
    }

    private static String certificateReason(SSLException tls, Url url) {
        if (find(tls, CertificateExpiredException.class) != null) {
            return "the certificate has expired";
        }
        if (find(tls, CertificateNotYetValidException.class) != null) {
            return "the certificate is not valid yet";
        }
        Throwable deepest = root(tls);
        String text = message(deepest);
        if (isAboutName(text)) {
            return "the certificate is not for " + url.bareHost();
        }
        if (text.contains("unable to find valid certification path")) {
            return "no trusted CA has signed the certificate";
        }
        if (deepest instanceof CertPathValidatorException path && path.getIndex() >= 0) {
            return "certificate " + path.getIndex() + " of the chain: " + text;
        }
        return text;
    }

    /** For a refused connection the JDK has no words: a ConnectException without a message. */
    private static String connectReason(Throwable thrown) {
        for (Throwable failure = thrown; failure != null; failure = failure.getCause()) {
            String text = message(failure);
            if (failure instanceof SocketException && !text.contains("Exception")) {
                return lowerFirst(text);
            }
        }
        return "connection refused";
    }

    /** What a failure says, in a few words. */
    static String reason(Throwable failure) {
        return lowerFirst(message(failure));
    }

    private static String receiveReason(Throwable failure) {
        String text = message(failure);
        if (failure instanceof SocketException && text.contains("reset")) {
            return "the connection was reset";
        }
        if (failure instanceof NumberFormatException) {
            return "malformed number in the response: " + text;
        }
        return lowerFirst(text);
    }

    private static String lowerFirst(String text) {
        return text.length() > 1 && Character.isLowerCase(text.charAt(1))
                ? Character.toLowerCase(text.charAt(0)) + text.substring(1)
                : text;
    }

    private static String message(Throwable failure) {
        String text = failure.getMessage();
        return text == null || text.isEmpty() ? failure.getClass().getSimpleName() : text;
    }

    private static FaultException fault(ExitCode code, Url url, String why, Throwable cause) {
        return Fault.of(code, url.toString(), why).exception(cause);
    }

    private static Throwable root(Throwable thrown) {
        Throwable failure = thrown;
        for (Throwable cause = failure.getCause(); cause != null; cause = failure.getCause()) {
            failure = cause;
        }
        return failure;
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable failure = thrown; failure != null; failure = failure.getCause()) {
            if (type.isInstance(failure)) {
                return type.cast(failure);
            }
        }
        return null;
    }
}

package dev.relay.cli.option;

import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.Durations;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.Token;
import dev.relay.http.Headers;
import dev.relay.http.Url;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Messages;
import dev.relay.plan.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What only a WebSocket can be told. */
public final class MessageOptions {
    private static final Option BINARY = Option.flag(
            "Send each piece of standard input, as it comes and of at most 128 KiB, as a binary message, and write"
                    + " what arrives with nothing added.",
            "--binary");
    private static final Option SUBPROTOCOL = Option.value(
            "NAME[,NAME]",
            "Offer these subprotocols (RFC 6455 section 1.9), the best first. A server that chooses another ends the"
                    + " run with exit code 56, one that chooses none does not. Repeatable.",
            "--subprotocol");
    private static final Option PING = Option.value(
            "TIME",
            "Send a ping this often, from 100ms to 24h; when nothing at all has come for twice that time, not even a"
                    + " pong, the run ends with exit code 28. Default: none is sent, and those of the server are"
                    + " answered.",
            "--ping");
    private static final Option LINGER = Option.value(
            "TIME",
            "When standard input has ended, close only once the server has been silent for this long, such as 1 or"
                    + " 500ms; 0: not at all, but go on until the server closes. Default: close at once, after which a"
                    + " server may leave what came before unanswered.",
            "--linger");
    static final OptionGroup GROUP =
            new OptionGroup("WebSocket (ws and wss URLs)", List.of(BINARY, SUBPROTOCOL, PING, LINGER));

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);

    private MessageOptions() {}

    private static List<Option> ofHttp() {
        return List.of(ConnectionOptions.HTTP2, DuplexOptions.PRIOR_KNOWLEDGE);
    }

    /** What counts for that URL: a file for all commands may name what only conversations of the other kind can use. */
    public static Typed fitting(Typed typed, Url url) {
        return typed.withoutShared(url.isWebSocket() ? ofHttp() : GROUP.options());
    }

    /**
     * What the options say of the messages.
     *
     * @return null for a URL of HTTP, which has none
     */
    public static @Nullable Messages read(Typed typed, Url url) throws FaultException {
        if (url.isWebSocket()) {
            return new Messages(typed.has(BINARY), subprotocols(typed), ping(typed), linger(typed));
        }
        for (Option option : GROUP.options()) {
            if (typed.has(option)) {
                throw Misuse.of(option.name(), "is for a WebSocket", "ws://… or wss://…");
            }
        }
        return null;
    }

    /** The handshake is a GET over HTTP/1.1, and most of its fields are not the user's. */
    static void check(Typed typed, Request request) throws FaultException {
        for (Option option : ofHttp()) {
            if (typed.has(option)) {
                throw Misuse.of(option, "excludes a WebSocket, which begins with HTTP/1.1");
            }
        }
        if (!request.method().equals("GET")) {
            throw Misuse.of(RequestOptions.METHOD, "a WebSocket begins with GET");
        }
        for (Headers.Field field : request.headers().fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.equals("sec-websocket-protocol")) {
                throw Misuse.of("-H", field.name() + " is not to be chosen", "--subprotocol offers one");
            }
            if (name.startsWith("sec-websocket-")) {
                throw Misuse.of("-H", field.name() + " is not to be chosen: the handshake says it");
            }
        }
    }

    private static List<String> subprotocols(Typed typed) throws FaultException {
        var names = new ArrayList<String>();
        for (String list : typed.all(SUBPROTOCOL)) {
            for (String name : list.split(",", -1)) {
                String one = name.strip();
                if (!Token.isToken(one)) {
                    throw Misuse.of(SUBPROTOCOL, Misuse.quoted(one) + " is not the name of a subprotocol");
                }
                if (names.contains(one)) {
                    throw Misuse.of(SUBPROTOCOL, Misuse.quoted(one) + " is offered twice");
                }
                names.add(one);
            }
        }
        return names;
    }

    private static @Nullable Duration ping(Typed typed) throws FaultException {
        String text = typed.last(PING);
        Duration interval = text == null ? null : Durations.read(PING, text);
        if (interval != null && (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0)) {
            throw Misuse.of(PING, Misuse.quoted(String.valueOf(text)) + " is not from 100ms to 24h");
        }
        return interval;
    }

    private static @Nullable Duration linger(Typed typed) throws FaultException {
        String text = typed.last(LINGER);
        return text == null ? Duration.ZERO : Durations.read(LINGER, text);
    }
}

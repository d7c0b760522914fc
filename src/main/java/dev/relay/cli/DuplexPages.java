package dev.relay.cli;

import dev.relay.cli.model.Command.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pages of {@code duplex} say; read only when one of them is made. */
final class DuplexPages {
    static final List<String> DESCRIPTION = List.of(
            "Sends what comes on standard input as the body of one request, with POST unless -X says otherwise, and"
                    + " writes the body of its response to standard output, both at once: each piece that comes is on the"
                    + " wire at once, each piece that arrives is written at once, and neither direction waits for the"
                    + " other. A reader of the output that stops holds back the response alone, a server that does not"
                    + " read holds back standard input alone.",
            "The end of standard input ends the request body, and the response goes on. The end of the response ends the"
                    + " run, with exit code 0, even when standard input is still open.",
            "The body goes in chunks over HTTP/1.1, or over HTTP/2: over TLS when the server chooses it, in clear with"
                    + " --http2-prior-knowledge; --http2 alone changes nothing there. A server that speaks HTTP/1.0 is"
                    + " refused with exit code 56, for it could not read such a body.",
            "A status of 400 or more is told as soon as it comes, while the body is still being sent. What was sent once"
                    + " cannot be sent again: nothing is retried, and a redirect, of"
                    + " whatever kind, is not followed but ends the run with exit code 65 and the place that it leads to;"
                    + " with --no-fail it is a response like any other. A connection that is reset ends the run with exit"
                    + " code 56, an HTTP/2 stream that the server gives up with 92, a response that ends early with 18.",
            "A proxy forwards what is in clear, over HTTP/1.1, and connects for all else; one that waits for the end of a"
                    + " request before it passes it on is made to connect by --proxytunnel.",
            "With --digest or --anyauth the request goes first without a body, so that the server can say how to log in.",
            "Cookies of -b go with the request; those that its response sets are not kept.",
            "With a ws or wss URL standard input and output are the messages of a WebSocket, a line each: see WebSocket"
                    + " below, and --binary, --subprotocol and --ping.",
            "When standard input and output are both a terminal, each line is typed in an editor, with the keys of Emacs"
                    + " and a history, and sent with its line break when it is entered. What arrives is shown above it; a"
                    + " line that has begun and does not go on stands in front of what is typed. Ctrl-D on an empty line"
                    + " ends the request body, Ctrl-C ends the run. What was typed is remembered until the run ends and is"
                    + " not written to any file. With --raw, and where TERM is unset or dumb, there is no editor.",
            "There is no limit to the silence of the server unless --idle-timeout or --first-byte-timeout is given.");

    private static final List<String> WEB_SOCKET = List.of(
            "With a ws or wss URL, a WebSocket (RFC 6455) is opened: by a GET over HTTP/1.1, through a proxy by CONNECT,"
                    + " with no extension. What the options say of headers, credentials, limits, TLS and connections"
                    + " holds for it; a redirect is not followed, and ends the run with exit code 65.",
            "Each line of standard input is a text message, sent at once and without its line end, LF or CRLF; an empty"
                    + " line is an empty message, and a last line needs no line end. Of a line that has not ended, up"
                    + " to 64 KiB are held back; a longer one is sent in fragments. A line that is not UTF-8 ends the"
                    + " run with exit code 26, and no part of it is sent but the fragments that went before. A text"
                    + " message that arrives is written with a newline behind it, a binary one as it is, each fragment"
                    + " as it comes; a message of any length is never held in memory. With --binary each piece of"
                    + " standard input is a binary message, and nothing is added to what arrives.",
            "The end of standard input closes the WebSocket, with 1000: there is no way to end one direction alone, and"
                    + " many servers answer nothing more once they have seen that. --linger waits before it closes, or"
                    + " leaves it to the server. What the server still sends is written until it closes too; when it is"
                    + " silent for 10 seconds after the close, the run ends with exit code 28.",
            "Pings are answered, between two fragments too. While the reader of the output holds relay up, nothing is read"
                    + " from the server, its pings included. --idle-timeout has no default here either: --ping finds out"
                    + " that a server has gone.",
            "A signal, and a reader that leaves, close the WebSocket with 1001; what the server may not do, with 1002; text"
                    + " that is not UTF-8, with 1007; what --max-filesize forbids, with 1009.");

    private static final List<String> CLOSING = List.of(
            "How the server closes decides the exit code:",
            "1000, or no code\tThe conversation is over: 0, or 18 in the middle of a message.",
            "1001\tThe server goes away: 56, for nobody knows what it would still have sent.",
            "any other code\tIt failed: 56. The line names the code, its meaning, and the reason that the server gives.",
            "no Close\tThe connection ended, or was reset, without one: 56, or 18 when it ended in the middle of a"
                    + " message.",
            "a breach\tThe server does what RFC 6455 forbids, chooses a subprotocol that was not offered, uses an"
                    + " extension, or sends text that is not UTF-8: 56. What came before is written.");

    static final Map<String, List<String>> CHAPTERS = chapters();

    static final List<Example> EXAMPLES = List.of(
            new Example(
                    "relay duplex -H 'Content-Type: audio/wav' https://example.com/hear",
                    "Send sound from standard input as it is recorded, and read its text as it is recognised."),
            new Example("relay duplex https://example.com/echo", "Talk to a server, line by line."),
            new Example(
                    "echo hello | relay duplex --linger 1 wss://example.com/echo",
                    "Ask by a WebSocket, and wait for answers until there was none for a second."),
            new Example(
                    "true | relay duplex --linger 0 --ping 20 wss://example.com/feed",
                    "Only listen, a line a message, and notice when the server has gone."));

    private DuplexPages() {}

    private static Map<String, List<String>> chapters() {
        var chapters = new LinkedHashMap<String, List<String>>();
        chapters.put("WebSocket", WEB_SOCKET);
        chapters.put("How a WebSocket ends", CLOSING);
        return Collections.unmodifiableMap(chapters);
    }
}

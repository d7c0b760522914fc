package dev.relay.cli;

import dev.relay.cli.model.Command.Example;
import java.util.List;

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
            "With --digest or --anyauth the request goes first without a body, so that the server can say how to log in.",
            "There is no limit to the silence of the server unless --idle-timeout or --first-byte-timeout is given.");

    static final List<Example> EXAMPLES = List.of(
            new Example(
                    "relay duplex -H 'Content-Type: audio/wav' https://example.com/hear",
                    "Send sound from standard input as it is recorded, and read its text as it is recognised."),
            new Example("relay duplex https://example.com/echo", "Talk to a server, line by line."));

    private DuplexPages() {}
}

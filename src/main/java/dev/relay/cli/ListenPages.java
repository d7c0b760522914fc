package dev.relay.cli;

import dev.relay.cli.model.Command.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page of {@code listen} says; read only when it is made. */
final class ListenPages {
    static final List<String> DESCRIPTION = List.of(
            "Listens, prints its URL on standard error as soon as it can be used, http://127.0.0.1:PORT/TOKEN, and"
                    + " receives from the first client that comes: the body of its request goes to standard output as it"
                    + " arrives, and what standard input holds is the body of the response, as it comes. Then it ends."
                    + " TOKEN has 128 random bits: who does not know the URL gets nowhere.",
            "The exit code is 0 when both bodies were whole, 18 when the client went away in the middle of its own, 56"
                    + " when that was malformed, 104 when the client went away before it had all of the answer, 26 when"
                    + " standard input could not be read, and 141 when the reader of standard output has gone.");

    private static final List<String> DIRECTIONS = List.of(
            "The head of the response leaves at once, before the first byte of the request's body or of standard input."
                    + " From then on neither direction waits for the other, and each waits for its own reader: a client"
                    + " that does not read its answer holds back standard input, and not its upload. There is no limit to"
                    + " how long either side may be silent.",
            "The end of standard input ends the response, and the request goes on; the end of the request leaves the"
                    + " response open as long as standard input is. There is one exception: when standard input holds"
                    + " nothing, the empty response ends when the request has arrived, as a receipt, for there are"
                    + " clients that stop sending once they have all of a response.",
            "When standard input is a terminal and standard output is not, it is left alone and the response is empty."
                    + " When both are terminals, what is typed is the answer, up to Ctrl-D.",
            "A request without a body, a GET, is answered with standard input. When that is left alone, a GET is refused"
                    + " with 405.");

    private static final List<String> CLIENTS = List.of(
            "Bodies come with a length or in chunks, after Expect: 100-continue too; clients of HTTP/1.0 see the end of"
                    + " the response in the end of the connection. With --no-token, or a --path that ends with a slash, a"
                    + " PUT may name something below that path, for clients add the name of what they upload.",
            "HEAD and OPTIONS are answered and spend nothing, and so do other paths, requests that a browser makes in"
                    + " advance, robots that preview links, and clients that leave before a byte has moved in either"
                    + " direction. While one client is received, others get 503 with Retry-After.",
            "Under a TOKEN, pages of any origin may send to it and read the answer (CORS).");

    /** Each under its heading, in the order of the page. */
    static final Map<String, List<String>> CHAPTERS = chapters();

    static final List<Example> EXAMPLES = List.of(
            new Example(
                    "relay listen --bind 0.0.0.0 > big.tar",
                    "Take what somebody in the same network uploads, with curl -T big.tar URL, say."),
            new Example(
                    "cat answer.txt | relay listen --no-token --port 8080 --type text/plain",
                    "Look at what a program posts, and give it an answer."),
            new Example(
                    "relay listen --wait 10m --tls --auth me:@password | tar x",
                    "Unpack what comes within ten minutes from who knows the password, encrypted."));

    private ListenPages() {}

    private static Map<String, List<String>> chapters() {
        var chapters = new LinkedHashMap<String, List<String>>();
        chapters.put("The two directions", DIRECTIONS);
        chapters.put("Clients", CLIENTS);
        return Collections.unmodifiableMap(chapters);
    }
}

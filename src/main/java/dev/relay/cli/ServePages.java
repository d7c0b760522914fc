package dev.relay.cli;

import dev.relay.cli.model.Command.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page of {@code serve} says; read only when it is made. */
final class ServePages {
    static final List<String> DESCRIPTION = List.of(
            "Listens, prints one URL on standard output as soon as it can be used, http://127.0.0.1:PORT/TOKEN/NAME, and"
                    + " hands what is served to the first client that downloads all of it. Then it ends, with exit code"
                    + " 0. TOKEN has 128 random bits: who does not know the URL gets nothing. Everything else is told on"
                    + " standard error.",
            "What has a scheme is a URL; what exists is a FILE; a host with a path or a port, such as"
                    + " example.com/a.iso, is a URL again; and anything else is a FILE that is missing. A FILE that is"
                    + " no regular file, such as a FIFO, is read once, like standard input.");

    private static final List<String> SHOTS = List.of(
            "A shot is spent when one client has received the whole representation: by one response, or by ranges that"
                    + " cover it, over any number of connections. A client is an address and a User-Agent. What a"
                    + " download that broke had been sent counts when the same client goes on from there. Download"
                    + " managers close a connection where another has the rest: when nothing seems to be missing, and"
                    + " nothing is asked for in 3 seconds, they are taken to have it all. With --count there are several"
                    + " shots.",
            "A response has been received when the client's system has confirmed its last byte, where relay's system"
                    + " tells (Linux), and when the client has then closed the connection in order, with nothing unread;"
                    + " a client that has confirmed everything and does not close is believed after a minute.",
            "These spend none: HEAD; other paths; requests that a browser makes in advance (Sec-Purpose), which are"
                    + " refused with 503; robots that fetch links to preview or index them, as far as they say who they"
                    + " are, which are refused with 403; 304 and every error; responses in several ranges at once; what"
                    + " was cut off, by whomever.",
            "While a client is served, others get 503 with Retry-After. When it goes away, the next may come at once; when"
                    + " it has received a part in order, it has 3 seconds to ask for another.");

    private static final List<String> UPSTREAM = List.of(
            "Each request of a client is a request to the upstream, with the client's Range and conditions; its status and"
                    + " header fields come back as --header-policy says. The body is passed on as it arrives, under its"
                    + " length when that is known, in chunks otherwise, and is continued where it breaks, as relay-get(1)"
                    + " tells; the client does not notice. A client that is slow holds the upstream back, and one that is"
                    + " gone stops it.",
            "When the upstream fails before its head, the client gets 502, or 504 when a time limit passed. When its body"
                    + " breaks and cannot be continued, or is not what --checksum or a digest of its head says, the"
                    + " client's connection is reset before its last byte: it never takes what it has for whole. Then"
                    + " relay goes on listening, and ends with the code of that failure when the time of --wait passes.",
            "The upstream is asked in the name of whoever started relay: by --user, --bearer, --netrc, --cookie and the"
                    + " like, which take the place of what a client says of itself, go to the URL's origin alone, and"
                    + " reach no client. Cookies that the upstream sets are kept for the run and sent with its later"
                    + " requests, whoever asks; none are written to a file, so that there is no -c. What a request body"
                    + " option names is sent for each client; standard input can be sent once.",
            "--limit-rate holds for each response. With --compressed the body is decoded, and ranges are not passed on.");

    private static final List<String> FAILURES = List.of(
            "Here is what a client sees of each failure of an upstream, and the exit code of relay when nobody comes after"
                    + " that for the time of --wait. Where the client gets a status, the answer is whole; where it is cut,"
                    + " its connection is reset before the last byte, under a length and in chunks alike: curl ends with"
                    + " 18 or 56, and what it has is the beginning of the body.",
            "Refused, or not to be reached: 502, and 7. A name that is unknown: 502, and 6. No TLS: 502, and 35. A"
                    + " certificate that is not trusted: 502, and 60. No answer in time: 504, and 28. No answer at all:"
                    + " 502, and 52. A reset, or what is no HTTP, in place of an answer: 502, and 56.",
            "A status of 400 or more, once --retry has given up: that status with its body, and 103, for it was no"
                    + " download.",
            "A body that breaks and is continued: all of it, and 0. One that ends early, under a length or in chunks: cut,"
                    + " and 18. One that is reset: cut, and 56. One that is silent for longer than --idle-timeout: cut, and"
                    + " 28. One that has changed when it is to be continued: cut, and 102. One that is not what a digest"
                    + " says: cut, and 101.",
            "Asked in advance, without --no-probe, an upstream that fails before its body ends the run with the same code,"
                    + " or with 22 for a status of 400 or more, before anything listens.");

    private static final List<String> DUPLEX = List.of(
            "With --duplex a client is put through: the body of its request, of any method, goes upstream in chunks as it"
                    + " arrives, over HTTP/1.1 or HTTP/2, while the response comes back, and neither waits for the"
                    + " other. Nothing is asked in advance, repeated, continued or followed: a redirect is handed back.",
            "One exchange spends a shot when the request was whole, unless its answer came to its end before that, and the"
                    + " client has all of an answer of 200 to 299. HEAD and OPTIONS are passed on and spend none. A client"
                    + " that goes away cuts the request upstream off, so that it cannot pass for whole.");

    private static final List<String> LOCAL = List.of(
            "Options about an upstream are refused with exit code 2 where they were typed; in the user's own file they are"
                    + " passed over.",
            "Of a FILE, one range at a time is served; a request for several gets the whole, which counts as such (RFC 9110"
                    + " section 14.2). Its ETag changes with its inode, size and time. A FILE that is"
                    + " written to while it is served is cut off before its last bytes.",
            "Standard input can be read once. Its first MiB is kept: while no more has been read, a client that goes away"
                    + " is no loss. After that it is, and relay ends with exit code 104.");

    private static final List<String> SAFETY = List.of(
            "Without --duplex only GET and HEAD are answered; one request a connection. A request that could be read in two ways is"
                    + " refused with 400. A Host that is neither an address, nor localhost, nor a name of this machine"
                    + " is refused with 421, so that no page of a browser can be made to reach it under another name. A"
                    + " request must be there within 10 seconds; a client that takes nothing for two minutes is cut"
                    + " off. There are at most 128 connections, 32 from one address.");

    /** Each under its heading, in the order of the page. */
    static final Map<String, List<String>> CHAPTERS = chapters();

    static final List<Example> EXAMPLES = List.of(
            new Example("relay serve report.pdf", "Hand a file to one program of this machine, and end."),
            new Example(
                    "relay serve --bind 0.0.0.0 --qr holiday.zip",
                    "To a phone in the same network: it reads the URL from the screen."),
            new Example(
                    "relay serve --bind 0.0.0.0 --tls --auth me:@password --count 2 secret.txt",
                    "To two people who know the password, encrypted."),
            new Example(
                    "relay serve --wait 1h https://example.com/image.iso",
                    "Hand on what an upstream sends, if somebody comes within an hour."),
            new Example("tar cz . | relay serve --name tree.tar.gz -", "What a pipe brings."));

    private ServePages() {}

    private static Map<String, List<String>> chapters() {
        var chapters = new LinkedHashMap<String, List<String>>();
        chapters.put("What spends a shot", SHOTS);
        chapters.put("From an upstream", UPSTREAM);
        chapters.put("When the upstream fails", FAILURES);
        chapters.put("Both directions at once", DUPLEX);
        chapters.put("From this machine", LOCAL);
        chapters.put("Safety", SAFETY);
        return Collections.unmodifiableMap(chapters);
    }
}

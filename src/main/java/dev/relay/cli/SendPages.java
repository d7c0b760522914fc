package dev.relay.cli;

import dev.relay.cli.model.Command.Example;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pages of {@code post}, {@code put}, {@code patch} and {@code delete} say; read only when one of them is made. */
final class SendPages {
    private static final List<String> BODIES = List.of(
            "--data and its like, --form and --upload-file exclude each other. None of them makes the method another: get"
                    + " with --data sends GET with a body. A body excludes --range, --continue, --parallel and --events.",
            "Nothing is held in memory: a file or a pipe of any size is read while it is sent, and what a pipe delivers"
                    + " is on its way at once. Of text and of regular files the length is known, and told with"
                    + " Content-Length; for --data @FILE and --data-urlencode the file is read once before, to count. What"
                    + " comes from standard input or a FIFO goes in chunks (RFC 9112 section 7.1), over HTTP/2 in frames."
                    + " -H 'Transfer-Encoding: chunked' sends chunks in any case, -H 'Content-Length: N' promises a length:"
                    + " a body with another is exit code 2 when that is known before, else 26.",
            "A file that cannot be read is exit code 26, before anything is sent; so is one that gets shorter while it is"
                    + " sent: then the connection is cut, so that the server cannot take what it has for whole. Of one that"
                    + " grows, what was there at first is sent.",
            "The answer is heard while the body is sent. With a status of 300 or more the rest of the body is not sent."
                    + " A connection that breaks while the body is sent, without an answer, is exit code 55. Over HTTP/2 an"
                    + " early answer is heard when the server gives up the stream behind it, as RFC 9113 section 8.1 has it,"
                    + " or when all of the body was sent; not from one that only closes the connection.",
            "Over HTTP/1.1 a body of more than 1 MiB, or of unknown length, is announced with Expect: 100-continue (RFC 9110"
                    + " section 10.1.1): it is sent when the server wants it, or has said nothing for a second; not when the"
                    + " server refuses. After a 417 the request is sent once more without. -H 'Expect:' keeps it from"
                    + " being sent.",
            "--limit-rate holds the body back too. --idle-timeout and --speed-limit count the time in which the server takes"
                    + " nothing, never the time in which there is nothing to send.");

    private static final List<String> AGAIN = List.of(
            "A redirect with 301 or 302 turns POST into GET, one with 303 everything but HEAD: the body is not sent there,"
                    + " nor the Content fields. Elsewhere the body is sent once more, from its beginning.",
            "Standard input and FIFOs can be read once. When the server wants the body again, relay ends with exit code 65"
                    + " rather than send the rest for the whole; nothing of it has been read when a server that was"
                    + " asked first has answered with a redirect, and then it is sent where that leads. A regular file"
                    + " must still have the size that it had, or the exit code is 26.",
            "A failed request is tried again as relay-get(1) says: PUT and DELETE are idempotent (RFC 9110 section 9.2.2),"
                    + " POST and PATCH are not, and are sent twice only with --retry-all-errors or --retry-on, or when"
                    + " nothing of the first was sent. What can be read once and has been read is not tried again: the"
                    + " failure is that of the run, and its line says so. Only the answer to a GET without a body is"
                    + " continued where it breaks.");

    static final Map<String, List<String>> CHAPTERS = chapters();

    private SendPages() {}

    private static Map<String, List<String>> chapters() {
        var chapters = new LinkedHashMap<String, List<String>>();
        chapters.put("Request bodies", BODIES);
        chapters.put("What is sent again", AGAIN);
        return Collections.unmodifiableMap(chapters);
    }

    static String summary(String name) {
        return switch (name) {
            case "post" -> "send data to URL with POST; the answer goes where the body of get goes";
            case "put" -> "put a body in the place of what URL names";
            case "patch" -> "send a change to what URL names";
            default -> "delete what URL names";
        };
    }

    static List<String> description(String name) {
        return switch (name) {
            case "post" ->
                List.of(
                        "Sends POST to URL, with the body that --data and its like, --form or --upload-file name, and"
                                + " with an empty one without them. What the server answers is treated as the body of"
                                + " get is.",
                        "post, put, patch, delete and get differ in nothing but the method that they send: get sends"
                                + " GET, whatever body it is given, and --request sends any other method.");
            case "put" -> List.of("Sends PUT to URL, with the body that the options name.");
            case "patch" -> List.of("Sends PATCH to URL, with the body that the options name.");
            default -> List.of("Sends DELETE to URL, with a body only when the options name one.");
        };
    }

    static List<Example> examples(String name) {
        return switch (name) {
            case "post" ->
                List.of(
                        new Example(
                                "relay post -d user=ada --data-urlencode 'text=two words' example.com/form",
                                "Send a form."),
                        new Example(
                                "relay post --json '{\"name\": \"ada\"}' https://example.com/api",
                                "Send JSON, and ask for JSON."),
                        new Example(
                                "relay post -F title=Holiday -F 'photo=@beach.jpg' https://example.com/photos",
                                "Send a form with a file."));
            case "put" ->
                List.of(
                        new Example(
                                "tar cz src | relay put -T - https://example.com/backup/src.tar.gz",
                                "Send what a pipe delivers, as it comes."),
                        new Example(
                                "relay put -T report.pdf https://example.com/reports/",
                                "Send a file under its own name."));
            case "patch" ->
                List.of(new Example(
                        "relay patch --json @change.json https://example.com/api/things/7", "Send what is in a file."));
            default ->
                List.of(new Example(
                        "relay delete https://example.com/api/things/7",
                        "The exit code is 22 when the server refuses."));
        };
    }
}

package dev.relay.cli;

import dev.relay.cli.model.Command.Example;
import java.util.List;

/** What the pages of {@code get} say; read only when one of them is made. */
final class GetPages {
    static final List<String> DESCRIPTION = List.of(
            "Fetches URL with GET, following redirects, and writes the body to standard output as it arrives, or to a"
                    + " file. With a status of 400 or more nothing is written. The exit code is 0 only when all of the"
                    + " body has arrived and has been written.",
            "A URL without a scheme is http:// for localhost and loopback addresses and https:// for anything else."
                    + " Options and operands may be mixed, short options bundled (-sSfL), values attached (-oFILE,"
                    + " --output=FILE); -- ends the options. Of an option given twice the last one counts, unless it may"
                    + " be repeated.");

    static final List<Example> EXAMPLES = List.of(
            new Example(
                    "relay get https://example.com/install.sh | sh",
                    "Run a script. An error page never reaches the shell: with a status of 400 or more nothing is written."),
            new Example(
                    "relay get -O https://example.com/data.tar.gz",
                    "Write data.tar.gz, which appears only when it is complete."),
            new Example(
                    "relay get -H 'Accept: text/csv' --url-query 'q=two words' example.com/list",
                    "Ask for CSV over https, with a parameter that is encoded for the query."),
            new Example(
                    "relay get --idle-timeout 10 -m 5m -o a.iso https://example.com/image.iso",
                    "Give up when the server is silent for 10 seconds, or when all of it takes more than 5 minutes."),
            new Example(
                    "relay get -so test --want-digest -w '%{checksum{sha256}}' example.com/test",
                    "Ask the server for a digest to verify, and print that of what came."),
            new Example(
                    "relay get -s --no-fail -w '\\n%{http_code}\\n' https://example.com/status",
                    "Print the body whatever the status, then the status."));

    private GetPages() {}
}

package dev.relay.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.relay.outcome.ExitCode;
import dev.relay.support.Answer;
import dev.relay.support.Dialogue;
import dev.relay.support.Entity;
import dev.relay.support.Ports;
import dev.relay.support.RawClient;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedProxy;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The line of each exit code, as a person reads it: what failed, where, why, and what there is to try. */
class ErrorLinesTest {
    /** What ends by a signal, or with nothing to say, has no line here: SignalIT and ErrorLineTest show those. */
    private static final Set<ExitCode> ELSEWHERE =
            EnumSet.of(ExitCode.OK, ExitCode.HANGUP, ExitCode.INTERRUPTED, ExitCode.TERMINATED, ExitCode.READER_GONE);

    private static final String OTHER_PIN = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    Path directory;

    /** Something that goes wrong. */
    interface Mishap {
        Run run(ErrorLinesTest here) throws Exception;
    }

    private static Arguments line(int code, String line, Mishap mishap) {
        return arguments(code, line, mishap);
    }

    /** The same for what a server does, and {@code get} with these options. */
    private static Arguments line(int code, String line, Answer answer, String... options) {
        return line(code, line, here -> {
            try (var upstream = ScriptedUpstream.answering(answer)) {
                return here.get(upstream.url("/file"), options);
            }
        });
    }

    /** The same for what goes wrong by itself. */
    private static Arguments line(int code, String line, String url, String... options) {
        return line(code, line, here -> here.get(url, options));
    }

    private Run get(String url, String... options) {
        var argv = new String[options.length + 4];
        System.arraycopy(new String[] {"get", "--retry", "0"}, 0, argv, 0, 3);
        System.arraycopy(options, 0, argv, 3, options.length);
        argv[argv.length - 1] = url;
        return Relay.in(directory).with(argv);
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                        beforeAnything(),
                        connecting(),
                        securing(),
                        answering(),
                        receiving(),
                        sending(),
                        keeping(),
                        serving())
                .flatMap(lines -> lines);
    }

    private static Stream<Arguments> beforeAnything() {
        return Stream.of(
                line(1, "unsupported scheme: ftp://h/: only http and https are spoken", "ftp://h/"),
                line(
                        2,
                        "usage: --max-time: 'soon' is not a duration (such as 30, 1.5, 500ms, 2m or 1h)",
                        "http://h/",
                        "-m",
                        "soon"),
                line(
                        2,
                        "usage: sreve: unknown command (did you mean serve?)",
                        here -> Relay.run("sreve", "file", "other")),
                line(2, "usage: gte: unknown command (did you mean get?)", here -> Relay.run("gte", "http://h/")),
                line(
                        2,
                        "usage: lisen: unknown command (did you mean listen?)",
                        here -> Relay.run("lisen", "--port", "0")),
                line(2, "usage: gett: unknown command (did you mean get?)", here -> Relay.run("help", "gett")),
                line(2, "usage: --http2.0: unknown option (did you mean --http2?)", "http://h/", "--http2.0"),
                line(2, "usage: --progress: there is no 'bra' (did you mean bar?)", "http://h/", "--progress", "bra"),
                line(3, "malformed URL: http://[::1: the bracket of its host is not closed", "http://[::1"),
                line(26, "cannot read the input: none: no such file", "http://h/", "-H", "@none"),
                line(
                        45,
                        "cannot use the interface: --interface: 'nosuch0' is no network interface of this machine, and no"
                                + " address",
                        "http://h/",
                        "--interface",
                        "nosuch0"),
                line(2, "usage: a URL is missing (--checksum has taken one for its value)", "http://h/", "--checksum"),
                line(2, "usage: -I: unknown option (relay head prints the head)", "http://h/", "-I"),
                line(58, "cannot use the certificate: none: no such file", "https://h/", "--cert", "none"),
                line(77, "cannot read the CA file: none: no such file", "https://h/", "--cacert", "none"));
    }

    private static Stream<Arguments> connecting() {
        return Stream.of(
                line(
                        5,
                        "cannot resolve the proxy: http://h/: the proxy http://nosuch.invalid:1: no address for the name"
                                + " nosuch.invalid",
                        "http://h/",
                        "-x",
                        "http://nosuch.invalid:1"),
                line(
                        6,
                        "cannot resolve the host: http://nosuch.invalid/: no address for the name nosuch.invalid",
                        "http://nosuch.invalid/"),
                line(
                        6,
                        "cannot resolve the host: https://gett/: no address for the name nosuch.invalid (did you mean relay get?)",
                        here -> Relay.run("--retry", "0", "--connect-to", "gett:443:nosuch.invalid:443", "gett")),
                line(
                        7,
                        "cannot connect: http://SERVER/: connection refused",
                        here -> here.get("http://127.0.0.1:" + Ports.refusing() + "/")),
                line(92, "the server gave up the HTTP/2 stream: http://SERVER/: INTERNAL_ERROR", here -> {
                    var answer = Answer.ok("hello world").cutAfter(5, Answer.Cut.RESET_STREAM);
                    try (var upstream = ScriptedUpstream.answering(answer).overHttp2()) {
                        return Relay.in(here.directory).with("duplex", "--http2-prior-knowledge", upstream.url());
                    }
                }),
                line(
                        97,
                        "the proxy refused: https://origin.relay.test/: the proxy http://SERVER: it wants a login (--proxy-user gives one)",
                        here -> {
                            try (var proxy = new ScriptedProxy().wanting("kane:secret")) {
                                return here.get("https://origin.relay.test/", "-x", "http://" + proxy.authority());
                            }
                        }));
    }

    private static Stream<Arguments> securing() {
        return Stream.of(
                line(
                        35,
                        "the TLS handshake failed: https://SERVER/: what it answers is no TLS (http:// asks in clear)",
                        here -> {
                            try (var upstream = ScriptedUpstream.atFirstByte(Answer.raw("SSH-2.0-OpenSSH_9.2\r\n"))) {
                                return here.get(upstream.url("https", "127.0.0.1", "/"));
                            }
                        }),
                line(
                        60,
                        "the server's certificate is not trusted: https://SERVER/: the certificate has expired (-k skips the check)",
                        here -> {
                            try (var upstream = ScriptedUpstream.sending("x").as(TlsIdentity.expired())) {
                                return here.get(upstream.url());
                            }
                        }),
                line(
                        90,
                        "the server's public key is not the pinned one: https://SERVER/: the server has the key sha256//KEY",
                        here -> {
                            try (var upstream = ScriptedUpstream.sending("x").as(TlsIdentity.selfSigned())) {
                                return here.get(upstream.url(), "-k", "--pinnedpubkey", OTHER_PIN);
                            }
                        }));
    }

    private static Stream<Arguments> answering() {
        return Stream.of(
                line(22, "the server answered with an error: http://SERVER/file: 404 Not Found", Answer.status(404)),
                line(
                        28,
                        "a time limit passed: http://SERVER/file: no answer for 0.3 s",
                        Answer.silence(),
                        "--first-byte-timeout",
                        "300ms"),
                line(
                        33,
                        "the server cannot do the range: http://SERVER/file: the whole came instead of bytes 6-8",
                        here -> {
                            try (var upstream =
                                    ScriptedUpstream.sending("hello world").withRanges(Entity.Ranges.IGNORED)) {
                                return here.get(upstream.url("/file"), "-r", "6-8");
                            }
                        }),
                line(
                        33,
                        "the server cannot do the range: http://SERVER/file: 416 Range Not Satisfiable; it has 11 bytes",
                        Answer.status(416).line("Content-Range: bytes */11"),
                        "-r",
                        "20-"),
                line(
                        47,
                        "too many redirects: http://SERVER/other: stopped after 1 (--max-redirs sets another limit)",
                        Answer.redirect(302, "/other"),
                        "--max-redirs",
                        "1"),
                line(
                        52,
                        "the server closed without an answer: http://SERVER/file: not one byte of a response came",
                        Answer.nothing()),
                line(
                        61,
                        "cannot decode the body: http://SERVER/file: gzip: it begins with something else",
                        Answer.ok("hello").line("Content-Encoding: gzip"),
                        "--compressed"),
                line(
                        63,
                        "larger than --max-filesize: http://SERVER/file: more than 5 bytes",
                        Answer.ok("hello world"),
                        "--max-filesize",
                        "5"));
    }

    private static Stream<Arguments> receiving() {
        return Stream.of(
                line(
                        18,
                        "the body ended early: http://SERVER/file: only 5 of 11 bytes came",
                        Answer.ok("hello world").cutAfter(5)),
                line(
                        56,
                        "receiving failed: http://SERVER/file: the connection was reset after 5 bytes",
                        Answer.ok("hello world").resetAfter(5)),
                line(
                        101,
                        "checksum mismatch: http://SERVER/file: md5 is 5d41402abc4b2a76b9719d911017c592, not 00000000000000000000000000000000",
                        Answer.ok("hello"),
                        "--checksum",
                        "md5:00000000000000000000000000000000"),
                line(
                        102,
                        "the resource changed while it was being resumed: http://SERVER/file: it was \"v1\" and is \"v2\"",
                        here -> {
                            Entity first = Entity.of("hello world").withEtag("\"v1\"");
                            try (var upstream = ScriptedUpstream.answering(request -> request.number() == 0
                                    ? first.answer(request).cutAfter(5)
                                    : Entity.of("jello world")
                                            .withEtag("\"v2\"")
                                            .answer(request))) {
                                return Relay.run("get", "--retry-delay", "0", upstream.url("/file"));
                            }
                        }));
    }

    private static Stream<Arguments> sending() {
        return Stream.of(
                line(
                        55,
                        "sending failed: http://SERVER/large: the connection ended after COUNT bytes of the body, without an answer",
                        here -> {
                            Path large = here.directory.resolve("large");
                            Files.write(large, new byte[32 << 20]);
                            try (var server = Dialogue.of(peer -> {
                                peer.head();
                                peer.read(100_000);
                                peer.reset();
                            })) {
                                return Relay.run("post", "-H", "Expect:", "-T", large.toString(), server.url("/"));
                            }
                        }),
                line(
                        65,
                        "the request body cannot be sent again: http://SERVER/there: standard input was read already and can be read only once (a file can be sent again)",
                        here -> {
                            try (var upstream = ScriptedUpstream.answering(Answer.redirect(307, "/there"))) {
                                return Relay.reading("body")
                                        .with("post", "-H", "Expect:", "-T", "-", upstream.url("/file"));
                            }
                        }));
    }

    private static Stream<Arguments> keeping() {
        return Stream.of(
                line(
                        23,
                        "cannot write the output: DIR/none/file: there is no such directory (--create-dirs makes it)",
                        "http://h/",
                        "-o",
                        "none/file"),
                line(
                        23,
                        "cannot write the output: DIR/none/report: there is no such directory",
                        "http://h/",
                        "--report",
                        "none/report"),
                line(
                        18,
                        "the body ended early: http://SERVER/file: only 5 of 10 bytes came (-C continues DIR/file.part)",
                        here -> {
                            var cut =
                                    Answer.ok("helloworld").line("ETag: \"v1\"").cutAfter(5);
                            try (var upstream = ScriptedUpstream.answering(cut)) {
                                return here.get(upstream.url("/file"), "-s", "-o", "file");
                            }
                        }),
                line(
                        36,
                        "cannot continue the partial file: DIR/file.part: it was not made by relay (move it away to start from the beginning)",
                        here -> {
                            Files.writeString(here.directory.resolve("file.part"), "hello");
                            return here.get("http://h/file", "-C", "-o", "file");
                        }),
                line(
                        125,
                        "internal error: relay VERSION: java.lang.IllegalStateException: not to be expected",
                        here -> {
                            try (var upstream = ScriptedUpstream.sending("hello");
                                    var defect = new Defect()) {
                                return Relay.writingTo(defect).with("get", upstream.url("/file"));
                            }
                        }));
    }

    private static Stream<Arguments> serving() {
        return Stream.of(
                line(
                        37,
                        "cannot read the source file: ./none: no such file",
                        here -> Relay.in(here.directory).with("serve", "./none")),
                line(103, "nobody came in time: a.txt: nobody came for 0.1 s", here -> {
                    Files.writeString(here.directory.resolve("a.txt"), "hello");
                    return Relay.in(here.directory).with("serve", "--wait", "100ms", "a.txt");
                }),
                line(104, "the client went away: big: nobody else came for 1 s", here -> {
                    Files.write(here.directory.resolve("big"), new byte[8_000_000]);
                    try (var run = Relay.in(here.directory).starting("serve", "--wait", "1", "big")) {
                        URI url = URI.create(run.stdout().awaitLine());
                        try (var client = RawClient.to(url.getPort(), 4096).get(url.getRawPath())) {
                            client.head();
                        }
                        return run.end();
                    }
                }),
                line(
                        105,
                        "cannot listen: 192.0.2.1:0: cannot assign requested address (--bind takes an address of this machine, or 0.0.0.0 for all)",
                        here -> {
                            Files.writeString(here.directory.resolve("a.txt"), "hello");
                            return Relay.in(here.directory).with("serve", "--bind", "192.0.2.1", "a.txt");
                        }),
                line(105, "cannot listen: SERVER: address already in use (--port 0 takes a free port)", here -> {
                    Files.writeString(here.directory.resolve("a.txt"), "hello");
                    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        String port = Integer.toString(taken.getLocalPort());
                        return Relay.in(here.directory).with("serve", "--port", port, "a.txt");
                    }
                }));
    }

    /** A standard output that does what no output may do. */
    private static final class Defect implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            throw new IllegalStateException("not to be expected");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lines")
    void saysWhatFailedWhereAndWhyAndWhatThereIsToTry(int code, String line, Mishap mishap) throws Exception {
        var run = mishap.run(this).mustFailWith(code);

        String shown = run.errorLines()
                .getFirst()
                .replaceAll("127\\.0\\.0\\.1:\\d+", "SERVER")
                .replaceAll("sha256//[A-Za-z0-9+/]{43}=", "sha256//KEY")
                .replaceAll("relay [0-9][^:]*:", "relay VERSION:")
                .replaceAll("after [0-9]{6,} bytes", "after COUNT bytes")
                .replace(directory.toString(), "DIR");
        assertThat(shown).isEqualTo("relay: " + line);
    }

    @Test
    void hasARowForEachExitCode() {
        Set<Integer> shown = lines().map(row -> (Integer) row.get()[0]).collect(Collectors.toSet());

        assertThat(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE))).allMatch(code -> shown.contains(code.value()));
    }
}

package dev.relay.cli.docs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the manual says of streams that break: what is tried again, continued and verified, and what cannot be told. */
final class UnbrokenStreams {
    static final String SUMMARY =
            "Whoever reads what relay writes gets one entity, whole and once, and the exit code 0; or a true beginning of it"
                    + " and another exit code. That holds for pipes as for files, but for what cannot be told: it is named below.";

    private static final List<String> RETRIES = List.of(
            "Before the body, a request is sent again after the statuses 408, 429, 500, 502, 503 and 504, after a"
                    + " connection that was reset or closed without an answer, and after a time-out; with"
                    + " --retry-connrefused also after a refused connection. --retry-on names what counts instead,"
                    + " --retry-all-errors lets all count. Only methods that are idempotent are sent twice (RFC 9110 section"
                    + " 9.2.2: GET, HEAD, OPTIONS, TRACE, PUT, DELETE), unless one of these two options is given. When the"
                    + " tries are used up, the last answer or failure is that of the run: a 503 is exit code 22.",
            "The wait is that of --retry-delay; without it 1 second, doubled to at most 60, each a quarter shorter or longer"
                    + " by chance. Retry-After, in seconds or as a date, comes before both; more than an hour is not waited"
                    + " for. --retry-max-time bounds all tries, --max-time the whole run.",
            "Each try is told on standard error, in a line that begins with \"relay: note:\": why, what is done, in which"
                    + " time, and which try of how many. --silent keeps notes back; %{num_retries} and %{num_resumes}"
                    + " count.");

    private static final List<String> BREAKS = List.of(
            "A body that ends early, is reset, breaks its framing, or stalls (--idle-timeout, --speed-limit) is continued"
                    + " where it broke: after a GET for the whole or for one range, as long as there are tries. What brought"
                    + " bytes is continued at once, and 64 KiB set the count of tries back. Whatever then keeps relay from"
                    + " the server, a name that does not resolve included, is waited out with the tries that are left.",
            "With a strong validator relay asks for the rest with Range and If-Range (RFC 9110 section 13.1.5). Strong is an"
                    + " ETag without W/; where there is no ETag, a Last-Modified that is at least a minute older than the"
                    + " Date beside it (section 8.8.2.2). A 206 must begin at the very byte, name the same length of the"
                    + " whole, the same Content-Encoding and the same validator. Then the last 4096 bytes before the break"
                    + " are asked for once more, by a request of their own, and compared: a validator made of a time and a"
                    + " size may stay when the bytes change. A server that does not show them within a few seconds is"
                    + " taken by the word of its validator.",
            "Without a strong validator, or from a server that does not serve the range, the whole is asked for again. What"
                    + " was delivered of it is read, compared by its length and two checksums (CRC-32 and CRC-32C), and left"
                    + " out; the rest goes on. That costs the transfer of the beginning, and no memory. These checksums tell"
                    + " accidents; against intent there is --checksum.");

    private static final List<String> ENDS = List.of(
            "102: what would continue the body is not of the same entity: another validator, length or coding, another"
                    + " range than the one that was asked for, other bytes before the break. Nothing more is written.",
            "18, 28, 56: the body ended early, stalled, or the connection broke, and all tries were used up; the line says"
                    + " why the last one failed. With --no-resume and with --retry 0, after the first break.",
            "22: the server answered the request for the rest with a status that is not tried again, such as 404 or 403.",
            "33: something else came than the range of --range; or, with --parallel, a server stopped serving ranges.",
            "What was written to a pipe before such an end is a true beginning of the entity. A file does not appear.");

    private static final List<String> LIMITS = List.of(
            "A body over HTTP/1.1 that has neither a length nor chunks ends with its connection (RFC 9112 sections 6.3 and"
                    + " 8): cut, it looks whole. With a strong validator relay asks the server whether there is more, and"
                    + " goes on if there is; a whole that comes instead tells by its length, or is compared as after a"
                    + " break. Without one, or when the answer is of no use, it believes the end and exits with 0."
                    + " --checksum tells.",
            "A server that changes an entity under the same strong validator is found out by the 4096 bytes before the"
                    + " break alone, with --parallel by those before each segment. When those are the same, or after a"
                    + " break are not shown, the change is not seen. --checksum and a Repr-Digest tell.",
            "A request with another method than GET, with several ranges, or with a Range field of the user's is never"
                    + " continued.");

    private static final List<String> PARALLEL = List.of(
            "The first range is asked for by itself. When the answer is a 206 with a strong validator and the length of the"
                    + " whole, the others follow, each guarded by that validator with If-Range, over as many connections as"
                    + " --parallel says: over HTTP/2, streams of one. Each connection has the tries of --retry for itself.",
            "Each range but the first begins 4096 bytes early: what comes there must be what the one before ended with, or"
                    + " the run ends with exit code 102.",
            "The bytes are written in order. What has come before its turn waits in memory outside the Java heap: at most"
                    + " --parallel times --segment-size, 32 MiB for --parallel 8. Who is that far ahead waits, so a slow"
                    + " reader holds the servers back. With --limit-rate, which is for the sum, segments are smaller by"
                    + " default: a second's bytes in all, at least 64 KiB each.",
            "A connection whose first request fails, or that cannot open another range with its"
                    + " tries, is left out, with a note, and the others do its work; the failure of the last one is that of"
                    + " the run. Not so when the resource has changed: that ends it.",
            "One connection does it all, with a note, when the server serves no ranges, names no strong validator or sends"
                    + " another part than asked for; with --range -N, for where that begins is not known; and for the rest"
                    + " of -C. Methods other than GET, several ranges, and -H with Range or If-Range are a usage"
                    + " error.");

    private static final List<String> VERIFICATION = List.of(
            "--checksum is held against the body as it is delivered: decoded with --compressed, the part with --range, and"
                    + " with -C all of the file.",
            "Repr-Digest and Content-Digest (RFC 9530) are held against the body as it came, encoded. Repr-Digest is of the"
                    + " whole: it counts unless a part was asked for with --range that is not all. Content-Digest is of the"
                    + " content of one message: it counts for the first response, also with --range; not for a body in"
                    + " segments. sha-256 and sha-512 are verified where they are; without both md5, sha and crc32c;"
                    + " others are ignored. A field that is malformed is a note, not a failure.",
            "All is computed while the body streams, and compared after its last byte, before a file appears. A mismatch is"
                    + " exit code 101: no file appears, and the part is removed. What went to a pipe is gone, unless there is"
                    + " --hold.");

    private static final List<String> HOLD = List.of(
            "Standard output, FIFOs and devices get nothing, and are not even opened, before the body is complete and"
                    + " verified; the heads of --include and --dump-header wait too where they go there. Up to 4 MiB wait in"
                    + " memory, more in a file without a name in $TMPDIR or /tmp, for the owner alone, of which nothing stays"
                    + " however relay ends. More than --hold-limit is exit code 23, before any of the body is read when"
                    + " its length is announced. It counts decoded bytes.");

    private static final List<String> CONTINUE = List.of(
            "When a run to a file fails and its body could be continued, FILE.part stays, with FILE.part.meta beside it;"
                    + " after a SIGKILL too. It could be when it began with the first byte, not encoded, under a strong"
                    + " validator. -C then asks for the rest as after a break, with the same checks; the bytes that are"
                    + " there are read again. Where there is no part, it is an ordinary run. Without -C, a part that relay"
                    + " left is replaced.",
            "36, and the part stays as it is: it was not made by relay, is of another path of a URL, has no strong"
                    + " validator, or is shorter than it was or longer than the whole. 23: another relay is writing to it. 102:"
                    + " the resource has changed.",
            "Parts are put on the disk after 16 MiB and then from time to time, and the meta file says how far. When the"
                    + " machine has stopped in between, as by a power cut, only the bytes that are known to be on the disk"
                    + " are continued. A FILE appears when all of it is on the disk: at any moment its name is that of the"
                    + " old file or of the new one, whole.",
            "-C excludes --range, --compressed, --tee, --include, -J, --no-clobber, --fail-with-body, --no-fail, methods"
                    + " other than GET, and -H with Range, If-Range or Accept-Encoding.");

    private static final List<String> COMPRESSED = List.of(
            "The body is continued, measured (--max-filesize, --limit-rate, %{size_download}) and held against Repr-Digest"
                    + " as it comes, then decoded, then held against --checksum and --hold-limit, then written: ranges are"
                    + " of encoded bytes. Memory does not grow with what a small body unfolds to, and nothing but"
                    + " --hold-limit bounds that.",
            "Up to five codings in a row are undone. What can be decoded is written as it arrives. Exit code 61: the coding"
                    + " is unknown, broken, or ends before it should; something follows what was encoded, another gzip"
                    + " member included (zstd may have several frames); a zstd window is above 8 MiB. Without --compressed nothing is decoded.");

    private static final List<String> EVENTS = List.of(
            "Each event is written as it came, with the empty line that ends it, as soon as it is whole; an event that a"
                    + " break has left incomplete is not written. Then relay connects again, after the time that the stream"
                    + " named with retry, that of --retry-delay, or 3 seconds, and sends the id of the last event as"
                    + " Last-Event-ID. What then comes once more, by its id and its text, is left out, as far as it is among"
                    + " the last 16384 events with an id. Events without an id cannot be told apart, and may come twice or"
                    + " be missed.",
            "It ends with exit code 0 after a 204; with 22 after an error status that is not tried again, or was too often;"
                    + " with 56 after an answer that is no text/event-stream, and after an event of more than 1 MiB; and with the code of the failure after --retry"
                    + " failures in a row. There is no idle time-out unless --idle-timeout is given. It excludes --range,"
                    + " --compressed, --parallel, -C, --hold, --checksum, --want-digest and methods other than GET.");

    /** Each under its heading, in the order of the page. */
    static final Map<String, List<String>> CHAPTERS = chapters();

    private UnbrokenStreams() {}

    private static Map<String, List<String>> chapters() {
        var chapters = new LinkedHashMap<String, List<String>>();
        chapters.put("What is tried again", RETRIES);
        chapters.put("How a break is continued", BREAKS);
        chapters.put("How it ends", ENDS);
        chapters.put("What cannot be told", LIMITS);
        chapters.put("Several connections: --parallel", PARALLEL);
        chapters.put("Verification: --checksum and the digests of a response", VERIFICATION);
        chapters.put("Nothing before all: --hold", HOLD);
        chapters.put("Another run: -C", CONTINUE);
        chapters.put("Content codings: --compressed", COMPRESSED);
        chapters.put("Server-sent events: --events", EVENTS);
        return Collections.unmodifiableMap(chapters);
    }
}

package dev.relay.unbroken;

import dev.relay.support.Launcher;
import dev.relay.support.Relay;
import dev.relay.support.Run;
import dev.relay.support.ScriptedUpstream;
import dev.relay.support.TlsIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts relay through cases, and tells what became of the promise. */
final class Trial {
    /** How relay is run. */
    interface Runner {
        Run run(String... argv) throws IOException, InterruptedException;
    }

    private final TlsIdentity identity = TlsIdentity.ofLocalhost();
    private final Runner runner;

    private Trial(Runner runner) {
        this.runner = runner;
    }

    /** With relay in this process. */
    static Trial inProcess() {
        return new Trial(Relay::run);
    }

    /** With relay as it is shipped, writing into a pipe. */
    static Trial launched() {
        return new Trial(Launcher.built()::run);
    }

    /** One case and how it ended, in words; null as the complaint when the promise was kept. */
    record Verdict(Case what, @Nullable String complaint, String account) {
        boolean isKept() {
            return complaint == null;
        }

        @Override
        public String toString() {
            return (complaint == null ? "kept" : complaint) + "\n  " + what + "\n  " + account
                    + "\n  again: make soak SEED=" + what.seed();
        }
    }

    Verdict of(Case what) {
        byte[] before = Alteration.before(what.seed(), what.length());
        byte[] after = what.axes().change() == Axes.Change.NONE
                ? before
                : what.alteration().after(what.seed(), what.length());
        byte[][] meant = {before, after};
        byte[][] sent = what.compressed() ? new byte[][] {Gzip.encoded(before), Gzip.encoded(after)} : meant;
        var server = new Misbehaviour(what, sent[0], sent[1]);
        try (var upstream = ScriptedUpstream.answering(server)) {
            if (what.axes().framing() == Axes.Framing.HTTP2) {
                upstream.overHttp2().as(identity);
            }
            List<String> words = new ArrayList<>(what.arguments());
            words.add(upstream.url());
            Run run = runner.run(words.toArray(String[]::new));
            String complaint = new Promise(what, meant, sent, server.log()).broken(run);
            return new Verdict(what, complaint, account(run, words, server.log()));
        } catch (AssertionError | IOException e) {
            return new Verdict(what, "it does not end, or the server failed: " + e, account(server.log()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict(what, "interrupted", account(server.log()));
        }
    }

    private static String account(Run run, List<String> words, List<Served> log) {
        return "relay " + String.join(" ", words) + "\n  exit " + run.exit() + ", " + run.stdoutBytes().length
                + " bytes, " + run.stderr().strip() + "\n  " + account(log);
    }

    private static String account(List<Served> log) {
        return log.stream().map(Served::toString).collect(Collectors.joining("\n  "));
    }
}

package dev.relay.unbroken;

import dev.relay.support.Answer;
import dev.relay.support.Content;
import dev.relay.support.Entity;
import dev.relay.support.Gate;
import dev.relay.support.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The server's side of a case: answers each request as the case has it, and keeps what it answered. */
final class Misbehaviour implements Function<RecordedRequest, Answer> {
    private final Case what;
    private final Entity[] versions;
    private final List<Served> log = new ArrayList<>();
    private int bodies;

    Misbehaviour(Case what, byte[] before, byte[] after) {
        this.what = what;
        boolean renamed = what.axes().change() == Axes.Change.SAME_LENGTH;
        versions = new Entity[] {entity(before, false), entity(after, renamed)};
    }

    private Entity entity(byte[] bytes, boolean renamed) {
        var entity = Entity.of(Content.of(bytes));
        return switch (what.axes().validators()) {
            case STRONG_ETAG -> entity.withEtag(renamed ? "\"v2\"" : "\"v1\"");
            case WEAK_ETAG -> entity.withEtag(renamed ? "W/\"v2\"" : "W/\"v1\"");
            case LAST_MODIFIED ->
                entity.withLastModified(renamed ? "Wed, 01 Jan 2025 11:00:00 GMT" : "Tue, 31 Dec 2024 11:00:00 GMT");
            case NOTHING -> entity;
        };
    }

    synchronized List<Served> log() {
        return List.copyOf(log);
    }

    @Override
    public synchronized Answer apply(RecordedRequest request) {
        Step step = log.size() < what.steps().size() ? what.steps().get(log.size()) : null;
        if (step instanceof Step.Fails failure) {
            Answer answer = failing(failure);
            keep(request, -1, answer, answer.length(), null);
            return answer;
        }
        int version = what.axes().change() == Axes.Change.NONE
                        || bodies < what.alteration().after()
                ? 0
                : 1;
        bodies++;
        Answer answer = shaped(versions[version].withRanges(treatment()).answer(request));
        if (!(step instanceof Step.Breaks breaks) || answer.status() == 416) {
            keep(request, version, answer, answer.length(), null);
            return answer;
        }
        return broken(request, version, answer, breaks.point().of(answer.length()));
    }

    private Entity.Ranges treatment() {
        var usual = what.axes().ranges();
        if (what.moody() && (what.seed() >>> (log.size() & 31) & 1) == 0) {
            return usual == Entity.Ranges.HONOURED ? Entity.Ranges.IGNORED : Entity.Ranges.HONOURED;
        }
        return usual == Entity.Ranges.HONOURED && what.blind() ? Entity.Ranges.HONOURED_BLINDLY : usual;
    }

    private static Answer failing(Step.Fails failure) {
        return switch (failure) {
            case RESET -> Answer.reset();
            case CLOSED -> Answer.nothing();
            case SILENT -> Answer.silence();
            case UNAVAILABLE -> Answer.status(503).line("Retry-After: 0").body("not now");
            case TOO_MANY -> Answer.status(429).line("Retry-After: Wed, 01 Jan 2025 12:00:00 GMT");
            case ERROR -> Answer.status(500).body("an error page");
        };
    }

    private Answer shaped(Answer answer) {
        var coded = what.compressed() ? answer.line("Content-Encoding: gzip") : answer;
        var paced = coded.inPiecesOf(what.piece());
        return switch (what.axes().framing()) {
            case LENGTH -> paced;
            case CHUNKED -> paced.chunked();
            case CLOSE -> paced.untilClose();
            case HTTP2 -> what.told() ? paced : paced.chunked();
        };
    }

    private Answer broken(RecordedRequest request, int version, Answer answer, long at) {
        var ending = what.axes().ending();
        boolean reset = what.axes().framing() == Axes.Framing.CLOSE && ending == Axes.Ending.SHORT;
        if (ending == Axes.Ending.SHORT && answer.status() == 206) {
            Answer part = tooShort(request, version, answer, at);
            keep(request, version, part, part.length(), ending);
            return part;
        }
        keep(request, version, answer, at, reset ? Axes.Ending.RST : ending);
        return switch (ending) {
            case FIN -> answer.cutAfter(at, what.variant() % 2 == 0 ? Answer.Cut.FIN : Answer.Cut.GOAWAY);
            case RST -> answer.cutAfter(at, resets());
            case STALL -> answer.pauseAfter(at, new Gate());
            // Without a length, nothing tells a whole that is too short from one that is not: it is cut instead.
            case SHORT ->
                what.tellsLength()
                        ? answer.shortenedTo(at).closing()
                        : answer.cutAfter(at, reset ? Answer.Cut.RESET : Answer.Cut.FIN);
        };
    }

    /** A part that ends in order and has less than what was asked for, or less than it says. */
    private Answer tooShort(RecordedRequest request, int version, Answer answer, long at) {
        if (what.variant() % 2 == 0) {
            return shaped(versions[version].withRanges(Entity.Ranges.SHORT).answer(request));
        }
        return answer.shortenedTo(at).closing();
    }

    private Answer.Cut resets() {
        return switch (what.variant() % 3) {
            case 0 -> Answer.Cut.RESET;
            case 1 -> Answer.Cut.RESET_STREAM;
            default -> Answer.Cut.REFUSE_STREAM;
        };
    }

    private void keep(RecordedRequest request, int version, Answer answer, long length, Axes.@Nullable Ending ending) {
        log.add(new Served(
                version,
                answer.status(),
                request.header("Range"),
                request.header("If-Range"),
                answer.header("Content-Range"),
                named(answer),
                length,
                ending));
    }

    private static List<String> named(Answer answer) {
        var named = new ArrayList<String>();
        String tag = answer.header("ETag");
        if (tag != null && !tag.startsWith("W/")) {
            named.add(tag);
        }
        String date = answer.header("Last-Modified");
        if (date != null) {
            named.add(date);
        }
        return List.copyOf(named);
    }
}

package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.http.FormEncoding;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Body;
import dev.relay.plan.Body.Piece;
import dev.relay.plan.Body.Treatment;
import java.util.ArrayList;
import java.util.List;

/** The pieces that the {@code --data} options name, joined as they are joined there. */
public final class DataPieces {
    private final LocalInput input;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean any;

    public DataPieces(LocalInput input) {
        this.input = input;
    }

    /** A text as it is. */
    public void addText(String data) {
        join("&");
        text.append(data);
    }

    /** A text, or the file behind an {@code @}: as it is when that is asked for, else without line breaks. */
    public void add(Option option, String data, boolean asIs) throws FaultException {
        if (data.startsWith("@")) {
            join("&");
            file(option, data.substring(1), asIs ? Treatment.AS_IS : Treatment.WITHOUT_LINE_BREAKS);
        } else {
            addText(data);
        }
    }

    /** A part of a JSON text: nothing stands between the parts. */
    public void addJson(Option option, String data) throws FaultException {
        join("");
        if (data.startsWith("@")) {
            file(option, data.substring(1), Treatment.AS_IS);
        } else {
            text.append(data);
        }
    }

    /** {@code content}, {@code =content}, {@code name=content}, {@code @FILE} or {@code name@FILE}: the content is encoded. */
    public void addEncoded(Option option, String data) throws FaultException {
        join("&");
        int equals = data.indexOf('=');
        int split = equals >= 0 ? equals : data.indexOf('@');
        if (split > 0) {
            text.append(data, 0, split).append('=');
        }
        String content = data.substring(split + 1);
        if (equals < 0 && split >= 0) {
            file(option, content, Treatment.FORM_ENCODED);
        } else {
            text.append(FormEncoding.of(content));
        }
    }

    private void join(String by) {
        text.append(any ? by : "");
        any = true;
    }

    private void file(Option option, String name, Treatment treatment) throws FaultException {
        flush();
        if (name.equals("-")) {
            input.claimStdin(option);
            pieces.add(new Body.FromStdin(treatment));
        } else {
            pieces.add(new Body.FromFile(input.path(option, name), treatment));
        }
    }

    private void flush() {
        if (!text.isEmpty()) {
            pieces.add(new Body.Literal(text.toString()));
            text.setLength(0);
        }
    }

    /** All of them; at least one, which may be empty. */
    public List<Piece> pieces() {
        flush();
        return pieces.isEmpty() ? List.of(new Body.Literal("")) : pieces;
    }
}

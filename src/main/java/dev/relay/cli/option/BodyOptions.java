package dev.relay.cli.option;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.Option;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.cli.value.QueryParameters;
import dev.relay.outcome.FaultException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent with a request. */
public final class BodyOptions {
    static final Option DATA = Option.value(
                    "DATA",
                    "Send this, as application/x-www-form-urlencoded. @FILE sends what is in FILE (@- on standard input) without"
                            + " CR, LF and NUL. Repeatable; the parts are joined with &, those of the other --data options"
                            + " too, in the order given.",
                    "-d",
                    "--data",
                    "--data-ascii")
            .completing(Completion.AT_FILE)
            .often();
    static final Option DATA_BINARY = Option.value(
                    "DATA", "Like --data, but a FILE is sent as it is. Repeatable.", "--data-binary")
            .completing(Completion.AT_FILE);
    static final Option DATA_RAW =
            Option.value("DATA", "Like --data, but an @ names no file. Repeatable.", "--data-raw");
    static final Option DATA_URLENCODE = Option.value(
                    "DATA",
                    "Like --data, encoded: 'name=content', '=content', 'content', 'name@FILE' or '@FILE'; the name is sent as it"
                            + " is.",
                    "--data-urlencode")
            .completing(Completion.AT_FILE);
    static final Option JSON = Option.value(
                    "DATA",
                    "Send this as application/json, and ask for the same with Accept. @FILE sends what is in FILE, as it is."
                            + " Repeatable; the parts follow one another without anything between.",
                    "--json")
            .completing(Completion.AT_FILE)
            .often();
    static final Option FORM = Option.value(
                    "NAME=CONTENT",
                    "Send a field of a form as multipart/form-data (RFC 7578): 'name=text', 'name=@FILE' for a file upload with"
                            + " its name, 'name=<FILE' for the text in a file; several files are separated by commas. Behind"
                            + " it may stand ;type=TYPE, ;filename=NAME and ;headers=\"FIELD\"; quotes protect commas and"
                            + " semicolons. Repeatable.",
                    "-F",
                    "--form")
            .completing(Completion.FORM_FILE)
            .often();
    static final Option FORM_STRING = Option.value(
            "NAME=TEXT",
            "Send a field of a form, its text as it is: no @, < or ; is special. Repeatable.",
            "--form-string");
    static final Option UPLOAD_FILE = Option.value(
                    "FILE",
                    "Send FILE as it is, with its length; - or . sends standard input, as it comes. A URL that ends with"
                            + " / gets the name of FILE behind it.",
                    "-T",
                    "--upload-file")
            .completing(Completion.FILE)
            .often();
    public static final OptionGroup GROUP = new OptionGroup(
            "Request body", List.of(DATA, DATA_BINARY, DATA_RAW, DATA_URLENCODE, JSON, FORM, FORM_STRING, UPLOAD_FILE));

    /** Whatever tells of a body, in three ways that exclude each other. */
    static final Option[] DATA_OPTIONS = {DATA, DATA_BINARY, DATA_RAW, DATA_URLENCODE, JSON};

    static final Option[] ALL = GROUP.options().toArray(new Option[0]);

    private static final Option[] FORM_OPTIONS = {FORM, FORM_STRING};
    private static final Option[] UPLOAD_OPTIONS = {UPLOAD_FILE};

    private BodyOptions() {}

    /** The body that the options ask for; null for none. */
    static @Nullable SentBody read(Typed typed, LocalInput input) throws FaultException {
        Option data = typed.lastOf(DATA_OPTIONS);
        Option form = typed.lastOf(FORM_OPTIONS);
        Option upload = typed.lastOf(UPLOAD_OPTIONS);
        if (data == null && form == null && upload == null) {
            return null;
        }
        if (data != null && (form != null || upload != null)) {
            throw Misuse.exclusive(data, form == null ? UPLOAD_FILE : form);
        }
        if (form != null && upload != null) {
            throw Misuse.exclusive(form, upload);
        }
        if (data != null) {
            return SentBody.ofData(typed, input);
        }
        return form == null ? SentBody.ofFile(typed, input) : SentBody.ofForm(typed, input);
    }

    /** The options of {@code -F} and its like, in order. */
    static List<Typed.One> form(Typed typed) {
        return typed.inOrder(FORM_OPTIONS);
    }

    /** Puts what the data options say behind the query ({@code -G}). */
    static void addTo(QueryParameters query, Typed typed) throws FaultException {
        Option other = typed.lastOf(FORM, FORM_STRING, UPLOAD_FILE);
        if (other != null) {
            throw Misuse.exclusive(RequestOptions.GET, other);
        }
        for (Typed.One one : typed.inOrder(DATA_OPTIONS)) {
            if (one.option() == DATA_URLENCODE) {
                query.add(one.option(), one.value());
            } else {
                query.addData(one.option(), one.value(), one.option() != DATA_RAW);
            }
        }
    }
}

package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Body;
import dev.relay.plan.Body.Piece;
import dev.relay.plan.Body.Treatment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The parts of a form as {@code multipart/form-data} (RFC 7578), from what {@code -F} says in curl's syntax. */
public final class FormParts {
    /** What the end of a file name says of its content: curl's table. */
    private static final Map<String, String> TYPES = Map.of(
            ".gif", "image/gif",
            ".jpg", "image/jpeg",
            ".jpeg", "image/jpeg",
            ".png", "image/png",
            ".svg", "image/svg+xml",
            ".txt", "text/plain",
            ".htm", "text/html",
            ".html", "text/html",
            ".pdf", "application/pdf",
            ".xml", "application/xml");

    private static final String UNKNOWN = "application/octet-stream";

    private final LocalInput input;
    private final String boundary;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    public FormParts(LocalInput input) {
        this.input = input;
        this.boundary = "------------------------"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** What the header says of them. */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** {@code name=text}, {@code name=@FILE}, {@code name=<FILE}, each with what may stand behind it. */
    public void add(Option option, String typed) throws FaultException {
        int equals = equals(option, typed);
        String name = typed.substring(0, equals);
        char first = equals + 1 < typed.length() ? typed.charAt(equals + 1) : 0;
        switch (first) {
            case '@' -> {
                // RFC 7578 §4.3: several files are several parts of one name.
                for (int at = equals + 2; at >= 0; ) {
                    FormField field = FormField.read(option, typed, at, ',');
                    String shown = field.fileName() == null ? lastComponent(field.data()) : field.fileName();
                    begin(option, name, shown, field.type() == null ? type(shown, field.data()) : field.type(), field);
                    file(option, field.data());
                    at = field.end();
                }
            }
            case '<' -> {
                FormField field = FormField.read(option, typed, equals + 2, '\0');
                String type =
                        field.fileName() == null ? typeOfText(field.data()) : type(field.fileName(), field.data());
                begin(option, name, field.fileName(), field.type() == null ? type : field.type(), field);
                file(option, field.data());
            }
            case '(' ->
                throw Misuse.of(
                        option.name(),
                        "parts within parts are not sent",
                        "--form-string sends a text that begins with (");
            default -> {
                FormField field = FormField.read(option, typed, equals + 1, '\0');
                String type = field.fileName() == null ? null : typeOf(field.fileName());
                begin(option, name, field.fileName(), field.type() == null ? type : field.type(), field);
                text.append(field.data());
            }
        }
    }

    /** {@code name=text}, whatever the text looks like. */
    public void addText(Option option, String typed) throws FaultException {
        int equals = equals(option, typed);
        begin(option, typed.substring(0, equals), null, null, null);
        text.append(typed, equals + 1, typed.length());
    }

    private static int equals(Option option, String typed) throws FaultException {
        int equals = typed.indexOf('=');
        if (equals < 0) {
            throw Misuse.of(option, Misuse.quoted(typed) + " is not NAME=CONTENT");
        }
        return equals;
    }

    private void begin(
            Option option, String name, @Nullable String fileName, @Nullable String type, @Nullable FormField field)
            throws FaultException {
        text.append(text.isEmpty() && pieces.isEmpty() ? "--" : "\r\n--").append(boundary);
        text.append("\r\nContent-Disposition: form-data; name=\"")
                .append(escaped(name))
                .append('"');
        if (fileName != null) {
            text.append("; filename=\"").append(escaped(fileName)).append('"');
        }
        text.append("\r\n");
        if (type != null) {
            line(option, "Content-Type: ".concat(type));
        }
        if (field != null) {
            for (String header : field.headers()) {
                line(option, checked(option, header));
            }
        }
        text.append("\r\n");
    }

    private void line(Option option, String line) throws FaultException {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t') {
                throw Misuse.of(option, "a control character in a field of a part");
            }
        }
        text.append(line).append("\r\n");
    }

    private static String checked(Option option, String header) throws FaultException {
        int colon = header.indexOf(':');
        if (colon < 0 || !Token.isToken(header.substring(0, colon))) {
            throw Misuse.of(option, Misuse.quoted(header) + " is not a header field");
        }
        return header;
    }

    /** What would end a name or a line, as browsers and curl have it (WHATWG HTML §4.10.21.8). */
    private static String escaped(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    private void file(Option option, String name) throws FaultException {
        pieces.add(new Body.Literal(text.toString()));
        text.setLength(0);
        if (name.equals("-")) {
            input.claimStdin(option);
            pieces.add(new Body.FromStdin(Treatment.AS_IS));
        } else {
            pieces.add(new Body.FromFile(input.path(option, name), Treatment.AS_IS));
        }
    }

    private static String lastComponent(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Of what comes from standard input nothing is known but the name that it is given. */
    private static @Nullable String type(String shown, String path) {
        String byName = typeOf(shown);
        if (path.equals("-")) {
            return byName;
        }
        String byPath = byName == null ? typeOf(path) : byName;
        return byPath == null ? UNKNOWN : byPath;
    }

    /** What has no file name is text without saying so (RFC 7578 §4.4). */
    private static @Nullable String typeOfText(String path) {
        String type = typeOf(path);
        return type == null || type.equals("text/plain") ? null : type;
    }

    private static @Nullable String typeOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? null : TYPES.get(name.substring(dot).toLowerCase(Locale.ROOT));
    }

    /** All of them, with what ends them. */
    public List<Piece> pieces() {
        var all = new ArrayList<>(pieces);
        all.add(new Body.Literal(text + "\r\n--" + boundary + "--\r\n"));
        return all;
    }
}

package dev.relay.cli.value;

import dev.relay.cli.model.Option;
import dev.relay.http.Secret;
import dev.relay.http.auth.Login;
import dev.relay.io.Surroundings;
import dev.relay.outcome.ExitCode;
import dev.relay.outcome.Fault;
import dev.relay.outcome.FaultException;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * Secrets as options take them, so that they need not stand in the list of processes: {@code @FILE} is what stands in a
 * file ({@code @-}: on standard input) without its final line break, {@code env:NAME} the value of a variable. What is read
 * that way is taken as it is. No fault shows any of it, nor the name of a file, which may be a secret that was not meant
 * for one.
 */
public final class SecretValues {
    private static final String VARIABLE = "env:";

    /** What stands for bytes that could not be read as text: they are lost. */
    private static final char NOT_TEXT = '\uFFFD';

    private final Surroundings surroundings;
    private final LocalInput input;

    /** @param input of the same run, for standard input is read once */
    public SecretValues(Surroundings surroundings, LocalInput input) {
        this.surroundings = surroundings;
        this.input = input;
    }

    /** The value itself, or what it leads to. */
    public Secret read(Option option, String text) throws FaultException {
        String secret = text.startsWith("@")
                ? file(option, text.substring(1))
                : text.startsWith(VARIABLE) ? variable(option, text.substring(VARIABLE.length())) : text;
        return new Secret(checked(option, secret));
    }

    /**
     * {@code USER:PASS}, of which the whole or the password may stand elsewhere; a password that is missing altogether is
     * asked for.
     *
     * @param whose what the password is for, as the question says: {@code host}, {@code proxy}
     */
    public Login login(Option option, String text, String whose) throws FaultException {
        boolean isElsewhere = text.startsWith("@") || text.startsWith(VARIABLE);
        String whole = isElsewhere ? read(option, text).reveal() : checked(option, text);
        int colon = whole.indexOf(':');
        String user = colon < 0 ? whole : whole.substring(0, colon);
        if (colon < 0 && user.isEmpty()) {
            throw Misuse.of(option, "names no user");
        }
        if (colon < 0) {
            return new Login(user, ask(option, "Password of " + Misuse.onOneLine(user) + " for the " + whose + ": "));
        }
        String password = whole.substring(colon + 1);
        return new Login(user, isElsewhere ? new Secret(password) : read(option, password));
    }

    /** Asks the person at the terminal. */
    public Secret ask(Option option, String question) throws FaultException {
        Secret answer;
        try {
            answer = surroundings.prompt().ask(question);
        } catch (InterruptedIOException e) {
            throw Fault.of(ExitCode.INTERRUPTED, option.name(), "the question was not answered")
                    .exception(e);
        } catch (IOException e) {
            throw Fault.of(ExitCode.INPUT_FAILED, "the terminal", String.valueOf(e.getMessage()))
                    .exception(e);
        }
        if (answer == null) {
            throw Misuse.of(
                    option.name(),
                    "the password is missing, and there is no terminal to ask for it",
                    "@FILE or env:NAME in its place is read from there");
        }
        return answer;
    }

    private String variable(Option option, String name) throws FaultException {
        String value = surroundings.environment().get(name);
        if (value == null) {
            throw Misuse.of(option, "the environment variable that it names is not set");
        }
        return value;
    }

    private String file(Option option, String name) throws FaultException {
        String text;
        try {
            text = input.text(option, name);
        } catch (FaultException e) {
            if (name.equals("-")) {
                throw e;
            }
            // Without the cause, too: its message is the name of the file.
            throw Fault.of(
                            ExitCode.INPUT_FAILED,
                            option.name(),
                            "the file that it names: " + e.fault().why())
                    .exception();
        }
        int end = text.length();
        if (text.endsWith("\n")) {
            end -= text.endsWith("\r\n") ? 2 : 1;
        }
        return text.substring(0, end);
    }

    private static String checked(Option option, String secret) throws FaultException {
        for (int at = 0; at < secret.length(); at++) {
            char c = secret.charAt(at);
            if (c == '\n' || c == '\r') {
                throw Misuse.of(option, "its value holds a line break");
            }
            if (c == 0) {
                throw Misuse.of(option, "its value holds a control character");
            }
            if (c == NOT_TEXT) {
                throw Misuse.of(option, "its value is not text in UTF-8");
            }
        }
        return secret;
    }
}

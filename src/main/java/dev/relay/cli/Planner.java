package dev.relay.cli;

import dev.relay.cli.model.Typed;
import dev.relay.cli.option.ConnectionOptions;
import dev.relay.cli.option.Continuing;
import dev.relay.cli.option.DuplexOptions;
import dev.relay.cli.option.LimitOptions;
import dev.relay.cli.option.MessageOptions;
import dev.relay.cli.option.Outputs;
import dev.relay.cli.option.RecoveryOptions;
import dev.relay.cli.option.RedirectOptions;
import dev.relay.cli.option.RequestOptions;
import dev.relay.cli.option.TellingOptions;
import dev.relay.cli.option.TrustOptions;
import dev.relay.cli.option.VerificationOptions;
import dev.relay.cli.value.LocalInput;
import dev.relay.http.Url;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import dev.relay.plan.Messages;
import dev.relay.plan.Plan;
import dev.relay.plan.Recovery;
import dev.relay.plan.Redirects;
import dev.relay.plan.Request;
import dev.relay.plan.Routing;
import dev.relay.plan.Trust;
import dev.relay.plan.Verification;

/** From what was typed, and what was found around, to a plan without a question left: all defaults, all conflicts. */
final class Planner {
    private final Typed typed;
    private final Surroundings surroundings;
    private final LocalInput input;

    Planner(Typed typed, Surroundings surroundings) {
        this(typed, surroundings, new LocalInput(surroundings));
    }

    /** @param input of the same run, for standard input is read once */
    Planner(Typed typed, Surroundings surroundings, LocalInput input) {
        this.typed = typed;
        this.surroundings = surroundings;
        this.input = input;
    }

    /**
     * Options are read before the local files that they name are looked at, so that a usage error is told first.
     *
     * @param method what the command sends unless {@code -X} says otherwise
     */
    Plan plan(String method) throws FaultException {
        return plan(method, Url.parse(UrlOperand.only(typed)));
    }

    /** For both directions at once. */
    Invocation duplex() throws FaultException {
        Url url = Url.parseForMessages(UrlOperand.only(typed));
        return new Planner(MessageOptions.fitting(typed, url), surroundings, input).conversation(url);
    }

    private Invocation conversation(Url url) throws FaultException {
        Messages messages = MessageOptions.read(typed, url);
        Plan plan = plan(messages == null ? "POST" : "GET", url);
        DuplexOptions.check(typed, plan.request());
        return new Invocation.Converse(plan, messages);
    }

    private Plan plan(String method, Url url) throws FaultException {
        Redirects redirects = RedirectOptions.read(typed);
        Limits limits = LimitOptions.read(typed);
        Recovery recovery = RecoveryOptions.read(typed);
        Verification verification = VerificationOptions.read(typed, method);
        Routing routing = ConnectionOptions.read(typed, surroundings, input);
        Request request = RequestOptions.read(typed, surroundings, input, url, method);
        Trust trust = TrustOptions.read(typed, surroundings, input);
        var outputs = new Outputs(typed, input);
        var delivery = outputs.delivery(request.url(), method.equals("HEAD"));
        Continuing.check(typed, request, delivery);
        var telling = TellingOptions.read(typed, input, outputs.report());
        return new Plan(
                request, redirects, routing, trust, limits, recovery, verification, delivery, telling, typed.files());
    }
}

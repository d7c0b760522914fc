package dev.relay.cli;

import dev.relay.cli.model.Completion;
import dev.relay.cli.model.OptionGroup;
import dev.relay.cli.model.Typed;
import dev.relay.cli.option.Applicability;
import dev.relay.cli.option.ConfigOptions;
import dev.relay.cli.option.ExchangeGroups;
import dev.relay.cli.option.LimitOptions;
import dev.relay.cli.option.Outputs;
import dev.relay.cli.option.ServeOptions;
import dev.relay.cli.option.ServeOptions.Serving;
import dev.relay.cli.option.TellingOptions;
import dev.relay.cli.value.LocalInput;
import dev.relay.cli.value.Misuse;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;
import dev.relay.plan.Limits;
import dev.relay.plan.Plan;
import dev.relay.plan.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code relay serve SOURCE}: one download, handed over whole. */
final class ServeVerb implements Verb {
    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String operands() {
        return "URL|FILE|-";
    }

    @Override
    public String summary() {
        return "hand URL, FILE or standard input to the first client that downloads all of it, then exit";
    }

    @Override
    public List<String> description() {
        return ServePages.DESCRIPTION;
    }

    @Override
    public Map<String, List<String>> chapters() {
        return ServePages.CHAPTERS;
    }

    @Override
    public List<Example> examples() {
        return ServePages.EXAMPLES;
    }

    @Override
    public List<OptionGroup> groups() {
        return ExchangeGroups.SERVE;
    }

    @Override
    public Completion operandCompletion() {
        return Completion.FILE;
    }

    @Override
    public Invocation read(Typed all, Surroundings surroundings) throws FaultException {
        String operand = SourceOperand.only(all);
        var input = new LocalInput(surroundings);
        if (SourceOperand.kind(operand, surroundings) == SourceOperand.Kind.URL) {
            Typed typed = Applicability.ofUpstream(all);
            Plan plan = new Planner(typed, surroundings, input).plan("GET");
            var serving = new Serving(ServeOptions.upstream(typed, plan), plan.limits(), plan.telling());
            return new Invocation.Serve(ServeOptions.read(typed, surroundings, input, serving));
        }
        Typed typed = Applicability.ofLocal(all);
        Service.Source source = local(operand, typed, input);
        Limits limits = LimitOptions.read(typed);
        var telling = TellingOptions.read(typed, input, new Outputs(typed, input).report());
        var serving = new Serving(source, limits, telling);
        return new Invocation.Serve(ServeOptions.read(typed, surroundings, input, serving));
    }

    private static Service.Source local(String operand, Typed typed, LocalInput input) throws FaultException {
        if (!operand.equals("-")) {
            return new Service.LocalFile(Path.of(operand), operand);
        }
        if (typed.all(ConfigOptions.CONFIG).contains("-")) {
            throw Misuse.of(operand, "standard input is read already, for --config");
        }
        input.claimStdin(operand);
        return new Service.Stdin();
    }
}

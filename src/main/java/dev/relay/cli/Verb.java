package dev.relay.cli;

import dev.relay.cli.model.Command;
import dev.relay.cli.model.Typed;
import dev.relay.io.Surroundings;
import dev.relay.outcome.FaultException;

/** A command that can be read from a command line. */
interface Verb extends Command {
    /** Turns what was typed after the command's name into what is to be done; every fault is found here. */
    Invocation read(Typed typed, Surroundings surroundings) throws FaultException;
}

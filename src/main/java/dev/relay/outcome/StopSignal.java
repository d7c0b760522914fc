package dev.relay.outcome;

/** The signals that end relay in order: partial files dealt with, terminal restored. */
public enum StopSignal {
    HUP,
    INT,
    TERM
}

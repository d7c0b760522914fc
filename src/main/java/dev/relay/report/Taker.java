package dev.relay.report;

/** Where the body of a run goes: who may be slow to take it. */
public enum Taker {
    /** Standard output, and who reads it. */
    READER,
    /** A file, or what else was named. */
    OUTPUT,
    /** A client that has come for it. */
    CLIENT
}

/** How a run ends: the outcome, the fault that caused it, and the exit code that says so. */
@NullMarked
package dev.relay.outcome;

import org.jspecify.annotations.NullMarked;

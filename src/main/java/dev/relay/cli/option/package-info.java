/** The option groups: each defines its options once, and turns what was typed into its part of the plan. */
@NullMarked
package dev.relay.cli.option;

import org.jspecify.annotations.NullMarked;

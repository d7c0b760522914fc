/** The command line: from arguments to a plan. The only user of picocli. */
@NullMarked
package dev.relay.cli;

import org.jspecify.annotations.NullMarked;

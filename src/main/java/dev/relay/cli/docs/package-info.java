/** The pages and scripts that are made from the option model; loaded only when one is asked for. */
@NullMarked
package dev.relay.cli.docs;

import org.jspecify.annotations.NullMarked;

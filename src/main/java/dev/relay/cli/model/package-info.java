/** The option model: what the parser, the help pages, the manual and the completion scripts are made from. */
@NullMarked
package dev.relay.cli.model;

import org.jspecify.annotations.NullMarked;

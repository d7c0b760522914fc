/** One transfer from plan to outcome: the place where order is decided. */
@NullMarked
package dev.relay.transfer;

import org.jspecify.annotations.NullMarked;

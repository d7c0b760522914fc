/** The promise of unbroken streams, held against servers that misbehave in every combination. */
@NullMarked
package dev.relay.unbroken;

import org.jspecify.annotations.NullMarked;

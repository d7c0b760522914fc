/** Digests that are computed while a body passes. */
@NullMarked
package dev.relay.io.digest;

import org.jspecify.annotations.NullMarked;

/** The training of the AOT cache: run by the build, once, never by a user. */
@NullMarked
package dev.relay.training;

import org.jspecify.annotations.NullMarked;

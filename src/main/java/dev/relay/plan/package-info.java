/** What is to be done, decided in full before anything is sent: immutable records. */
@NullMarked
package dev.relay.plan;

import org.jspecify.annotations.NullMarked;

/** From the text of a value to the value, or one line that says what is wrong with it. */
@NullMarked
package dev.relay.cli.value;

import org.jspecify.annotations.NullMarked;

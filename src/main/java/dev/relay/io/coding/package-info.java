/** Content codings (RFC 9110 §8.4.1), undone while the body streams; nothing of it is loaded unless it is asked for. */
@NullMarked
package dev.relay.io.coding;

import org.jspecify.annotations.NullMarked;

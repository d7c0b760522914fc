/** How proxies are asked for a connection, on the line that leads to them. */
@NullMarked
package dev.relay.wire.proxy;

import org.jspecify.annotations.NullMarked;

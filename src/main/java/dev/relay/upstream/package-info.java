/** The exchange with the server: the only user of java.net.http. */
@NullMarked
package dev.relay.upstream;

import org.jspecify.annotations.NullMarked;

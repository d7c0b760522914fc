/** Who the client is over TLS: reads certificates and private keys in all the forms in which people keep them. */
@NullMarked
package dev.relay.upstream.identity;

import org.jspecify.annotations.NullMarked;

/** The compression of header fields in HTTP/2 (HPACK, RFC 7541). */
@NullMarked
package dev.relay.duplex.hpack;

import org.jspecify.annotations.NullMarked;

/** Cookies (RFC 6265): what a server says of them, where they may go, and the file that keeps them. */
@NullMarked
package dev.relay.http.cookie;

import org.jspecify.annotations.NullMarked;

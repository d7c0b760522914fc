/** The vocabulary of HTTP without any I/O: URLs, header fields, heads, names, ranges. */
@NullMarked
package dev.relay.http;

import org.jspecify.annotations.NullMarked;

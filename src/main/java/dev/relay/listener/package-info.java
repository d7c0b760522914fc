/** The listener: a small HTTP/1.1 server for a few clients, and what it hands them. */
@NullMarked
package dev.relay.listener;

import org.jspecify.annotations.NullMarked;

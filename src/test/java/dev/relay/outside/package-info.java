/** What users can rely on, seen from outside: arguments go in, bytes, files, requests and an exit code come out. */
@NullMarked
package dev.relay.outside;

import org.jspecify.annotations.NullMarked;

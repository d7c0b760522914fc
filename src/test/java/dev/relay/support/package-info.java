/** What the tests stand on: servers that behave as scripted, and ways to run relay in-process and as it is shipped. */
@NullMarked
package dev.relay.support;

import org.jspecify.annotations.NullMarked;

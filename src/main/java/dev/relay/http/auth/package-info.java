/** How a user is known to a server or a proxy (RFC 9110 §11): logins, challenges, and what answers them. */
@NullMarked
package dev.relay.http.auth;

import org.jspecify.annotations.NullMarked;

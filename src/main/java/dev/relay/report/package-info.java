/** What relay tells people and programs: the error line, the exchange, the report. The only writer of stderr. */
@NullMarked
package dev.relay.report;

import org.jspecify.annotations.NullMarked;

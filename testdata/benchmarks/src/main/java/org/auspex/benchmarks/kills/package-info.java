/**
 * Kills real processes and counts from the database whether the worklist's promise held: every committed resource version
 * has one outcome, whatever died in between. A small process that holds only the worklist, a database and a trivial model
 * is killed often; the whole server, a few times. Figures stand in docs/reliability.md.
 */
@NullMarked
package org.auspex.benchmarks.kills;

import org.jspecify.annotations.NullMarked;

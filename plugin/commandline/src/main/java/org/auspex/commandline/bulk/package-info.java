/**
 * Predictions about everybody in a bulk export, without a server: lines of NDJSON in, lines of NDJSON out. The export is
 * laid apart by patient first, since its files are in no order; then one part after another is scored in memory.
 */
@NullMarked
package org.auspex.commandline.bulk;

import org.jspecify.annotations.NullMarked;

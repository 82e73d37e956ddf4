package org.auspex.operations.evaluate;

import org.auspex.kernel.background.Work;
import org.auspex.store.Reports;

/**
 * An evaluation that can begin.
 *
 * @param subjects how many are judged at most
 */
record Ordered(int subjects, Work<Reports.Kept> work) {}

/** Measurements and words as a structured report. Pure functions from records to datasets. */
@NullMarked
package org.auspex.imaging.results.report;

import org.jspecify.annotations.NullMarked;

/** An appraisal as one page of HTML that stands alone: no scripts, nothing fetched, plots as SVG, fit to be printed and archived. */
@NullMarked
package org.auspex.kernel.appraisal.page;

import org.jspecify.annotations.NullMarked;

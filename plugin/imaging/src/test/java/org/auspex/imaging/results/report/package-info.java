@NullMarked
package org.auspex.imaging.results.report;

import org.jspecify.annotations.NullMarked;

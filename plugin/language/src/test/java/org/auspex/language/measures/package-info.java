/** Measures of reading on annotated notes; each test prints its table. */
@NullMarked
package org.auspex.language.measures;

import org.jspecify.annotations.NullMarked;

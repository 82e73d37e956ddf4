/** The reference models, as they were trained, and the demonstration patients. Their files lie in this module's jar. */
@NullMarked
package org.auspex.testdata;

import org.jspecify.annotations.NullMarked;

/** Clinical data can be deleted as if Auspex's results did not refer to it; the results are withdrawn instead. */
@NullMarked
package org.auspex.interceptors.deletion;

import org.jspecify.annotations.NullMarked;

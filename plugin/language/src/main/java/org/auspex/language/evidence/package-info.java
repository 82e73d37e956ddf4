/** What documents state, in the form in which the kernel takes evidence. */
@NullMarked
package org.auspex.language.evidence;

import org.jspecify.annotations.NullMarked;

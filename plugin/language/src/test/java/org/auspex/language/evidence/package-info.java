@NullMarked
package org.auspex.language.evidence;

import org.jspecify.annotations.NullMarked;

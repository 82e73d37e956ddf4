@NullMarked
package org.auspex.language.consult;

import org.jspecify.annotations.NullMarked;

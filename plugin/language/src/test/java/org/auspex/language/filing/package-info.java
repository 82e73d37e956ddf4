@NullMarked
package org.auspex.language.filing;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.auspex.language.differential;

import org.jspecify.annotations.NullMarked;

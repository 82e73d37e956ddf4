@NullMarked
package org.auspex.language.prose;

import org.jspecify.annotations.NullMarked;

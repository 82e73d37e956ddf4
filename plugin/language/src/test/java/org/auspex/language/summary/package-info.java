@NullMarked
package org.auspex.language.summary;

import org.jspecify.annotations.NullMarked;

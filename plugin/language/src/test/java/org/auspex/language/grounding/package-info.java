@NullMarked
package org.auspex.language.grounding;

import org.jspecify.annotations.NullMarked;

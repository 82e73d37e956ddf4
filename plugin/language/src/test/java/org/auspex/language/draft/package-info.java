@NullMarked
package org.auspex.language.draft;

import org.jspecify.annotations.NullMarked;

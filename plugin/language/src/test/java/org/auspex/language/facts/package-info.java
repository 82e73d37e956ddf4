@NullMarked
package org.auspex.language.facts;

import org.jspecify.annotations.NullMarked;

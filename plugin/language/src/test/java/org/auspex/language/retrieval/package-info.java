@NullMarked
package org.auspex.language.retrieval;

import org.jspecify.annotations.NullMarked;

/** What a model reads: the declaration of its inputs and the typed, unit-safe values they turn into. A gap is a type. */
@NullMarked
package org.auspex.kernel.features;

import org.jspecify.annotations.NullMarked;

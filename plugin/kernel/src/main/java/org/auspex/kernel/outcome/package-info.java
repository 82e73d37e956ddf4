/** What a model says: the declaration of its outputs and the sealed outcomes it can have. An abstention is one of them. */
@NullMarked
package org.auspex.kernel.outcome;

import org.jspecify.annotations.NullMarked;

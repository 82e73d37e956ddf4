/** {@code $rollout}: how far a version of a model is trusted with patients, and how a shadow compares. */
@NullMarked
package org.auspex.operations.rollout;

import org.jspecify.annotations.NullMarked;

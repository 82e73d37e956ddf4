/** {@code $adapt}: a candidate version of a model, learnt from studies that people have marked. */
@NullMarked
package org.auspex.operations.adapt;

import org.jspecify.annotations.NullMarked;

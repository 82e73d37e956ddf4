/** The way of the data, from a question about subjects to written findings. Read Prediction first. */
@NullMarked
package org.auspex.kernel;

import org.jspecify.annotations.NullMarked;

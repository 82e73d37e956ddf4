/** Where records become tensors and tensors become outcomes; the only package that knows an inference library. */
@NullMarked
package org.auspex.kernel.inference;

import org.jspecify.annotations.NullMarked;

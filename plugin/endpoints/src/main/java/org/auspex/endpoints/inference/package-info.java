/** The Open Inference Protocol (KServe v2) over HTTP: research code calls the very version that serves the ward. */
@NullMarked
package org.auspex.endpoints.inference;

import org.jspecify.annotations.NullMarked;

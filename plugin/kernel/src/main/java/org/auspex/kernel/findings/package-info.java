/** How an outcome is written down in FHIR, with its evidence, its Device and its Provenance. */
@NullMarked
package org.auspex.kernel.findings;

import org.jspecify.annotations.NullMarked;

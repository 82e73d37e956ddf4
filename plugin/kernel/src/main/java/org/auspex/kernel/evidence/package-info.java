/** What the record says about a subject. Here FHIR becomes plain readings, each with the versioned reference it came from. */
@NullMarked
package org.auspex.kernel.evidence;

import org.jspecify.annotations.NullMarked;

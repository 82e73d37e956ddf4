/** Door 1: a client asks. One package per FHIR operation. */
@NullMarked
package org.auspex.operations;

import org.jspecify.annotations.NullMarked;

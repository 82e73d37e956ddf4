/** Doors that are not FHIR. Each has a package of its own and speaks its own protocol's language, errors included. */
@NullMarked
package org.auspex.endpoints;

import org.jspecify.annotations.NullMarked;

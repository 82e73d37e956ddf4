/** Wires Auspex into a Spring Boot application that is a HAPI FHIR JPA server. The only place that knows all parts. */
@NullMarked
package org.auspex.autoconfigure;

import org.jspecify.annotations.NullMarked;

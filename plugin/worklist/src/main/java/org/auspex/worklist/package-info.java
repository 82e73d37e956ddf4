/**
 * The durable queue between a stored resource and its prediction. A row is written in the transaction of the resource;
 * workers take it from there. JDBC only: nothing here knows FHIR.
 */
@NullMarked
package org.auspex.worklist;

import org.jspecify.annotations.NullMarked;

/**
 * The runnable FHIR server with Auspex inside, for those who have no HAPI server of their own to drop the plugin into.
 * It holds only what a host must bring: a database, a FHIR endpoint, and the refusal to be reached from outside.
 */
@NullMarked
package org.auspex.server;

import org.jspecify.annotations.NullMarked;

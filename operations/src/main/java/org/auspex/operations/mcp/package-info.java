/**
 * The same operations as tools of the Model Context Protocol, for a host that offers such tools. Nothing is decided here: a
 * call becomes a request to the FHIR endpoint.
 */
@NullMarked
package org.auspex.operations.mcp;

import org.jspecify.annotations.NullMarked;

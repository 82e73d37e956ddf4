/**
 * A HAPI FHIR JPA server that knows nothing of Auspex, wired as the stock hapi-fhir-jpaserver-starter is (which is in no
 * public Maven repository): what the packaged plugin folder is tried in. Never shipped.
 */
@NullMarked
package org.auspex.host;

import org.jspecify.annotations.NullMarked;

/**
 * The adapter to upstream dcm4che-core, for where its repository is reachable. It is built by the Maven profile {@code dcm4che}
 * only, and the only place beside it where types of that toolkit are seen.
 */
@NullMarked
package org.auspex.dcm4che;

import org.jspecify.annotations.NullMarked;

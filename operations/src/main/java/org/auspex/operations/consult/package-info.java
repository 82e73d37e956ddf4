/** {@code $consult}: a patient's question answered from the record and the site's documents, stored as a Communication whose every sentence names its source. */
@NullMarked
package org.auspex.operations.consult;

import org.jspecify.annotations.NullMarked;

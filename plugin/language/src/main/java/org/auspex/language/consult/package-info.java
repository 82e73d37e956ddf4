/** A patient's question answered from the patient's record and the site's knowledge documents, each sentence with its source; urgent symptoms before all else. */
@NullMarked
package org.auspex.language.consult;

import org.jspecify.annotations.NullMarked;

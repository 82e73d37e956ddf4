/** The knowledge documents of a site: read, cut into passages, and found again by the words of a question. Lucene lives only here. */
@NullMarked
package org.auspex.language.retrieval;

import org.jspecify.annotations.NullMarked;

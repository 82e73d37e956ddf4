/** Whether what a sentence claims is said by the words that it cites: by rules, for what most often goes wrong. */
@NullMarked
package org.auspex.language.grounding;

import org.jspecify.annotations.NullMarked;

/** Questions with several options put to a language model, and how many it answers right. */
@NullMarked
package org.auspex.commandline.exam;

import org.jspecify.annotations.NullMarked;

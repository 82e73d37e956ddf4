/** A note as a string with offsets: its sections and sentences, in English and in both Chinese scripts. */
@NullMarked
package org.auspex.language.text;

import org.jspecify.annotations.NullMarked;

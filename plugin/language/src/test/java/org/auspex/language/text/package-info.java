@NullMarked
package org.auspex.language.text;

import org.jspecify.annotations.NullMarked;

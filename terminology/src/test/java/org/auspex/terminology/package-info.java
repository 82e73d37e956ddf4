@NullMarked
package org.auspex.terminology;

import org.jspecify.annotations.NullMarked;

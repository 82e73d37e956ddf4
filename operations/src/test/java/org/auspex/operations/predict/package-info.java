@NullMarked
package org.auspex.operations.predict;

import org.jspecify.annotations.NullMarked;

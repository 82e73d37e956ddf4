@NullMarked
package org.auspex.autoconfigure;

import org.jspecify.annotations.NullMarked;

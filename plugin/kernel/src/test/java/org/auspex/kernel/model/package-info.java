@NullMarked
package org.auspex.kernel.model;

import org.jspecify.annotations.NullMarked;

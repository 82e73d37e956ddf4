@NullMarked
package org.auspex.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Programs that measure Auspex against a yardstick taken in the same run; their tables stand in docs/performance.md. They
 * use the jar as its users do, over HTTP.
 */
@NullMarked
package org.auspex.benchmarks;

import org.jspecify.annotations.NullMarked;

/** Recorded waves as numbers: where the heart beats, how fast, how regularly, and how far that can be believed. */
@NullMarked
package org.auspex.kernel.signals;

import org.jspecify.annotations.NullMarked;

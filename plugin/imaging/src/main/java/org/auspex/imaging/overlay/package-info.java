/**
 * Pictures of results for people: outlines over the image, and numbers as colours with a scale. Plain Java without fonts, so that
 * they look the same on every machine.
 */
@NullMarked
package org.auspex.imaging.overlay;

import org.jspecify.annotations.NullMarked;
